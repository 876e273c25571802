import { type RecordStore, type Table, tableName } from '../base/records.ts';

/** Long work of the cluster, as the manager's module progress follows it up. Kept by id. */
export interface ProgressEvent {
  readonly id: string;
  readonly message: string;
  /** What it is about, in the order of names. */
  readonly refs: ReadonlyMap<string, string>;
  /** From 0 to 1. */
  readonly progress: number;
  readonly started_us: number;
  /** Null while it goes on. */
  readonly finished_us: number | null;
  /** Why it failed; null where it did not. */
  readonly failure: string | null;
}

/** Ended ones beyond these are forgotten. @ceph src/pybind/mgr/progress/module.py max_completed_events */
const KEPT = 50;

/** Whether long work is followed up at all. */
export const PROGRESS_ON = 'mgr/progress/enabled';

const EVENTS = tableName<ProgressEvent>('mgr/progress');

function eventTable(records: RecordStore): Table<ProgressEvent> {
  return records.table(EVENTS);
}

/** What goes on, and what has ended, each in the order in which it began or ended. */
export function progressEvents(records: RecordStore): {
  readonly current: readonly ProgressEvent[];
  readonly ended: readonly ProgressEvent[];
} {
  const all = [...eventTable(records).values()];
  const ended = all.filter(({ finished_us }) => finished_us !== null);
  return {
    current: all.filter(({ finished_us }) => finished_us === null).sort((a, b) => a.started_us - b.started_us),
    ended: ended.sort((a, b) => (a.finished_us ?? 0) - (b.finished_us ?? 0)),
  };
}

/** Says how far it is; the first time, that it has begun. @ceph progress/module.py update — exact */
export function updateProgress(
  records: RecordStore,
  event: Pick<ProgressEvent, 'id' | 'message' | 'refs' | 'progress'>,
  now_us: number,
): void {
  const known = eventTable(records).get(event.id);
  const started_us = known?.started_us ?? now_us;
  eventTable(records).set(event.id, { ...event, started_us, finished_us: null, failure: null });
}

/** @ceph progress/module.py complete, fail — exact */
export function endProgress(records: RecordStore, id: string, failure: string | null, now_us: number): void {
  const known = eventTable(records).get(id);
  if (known === undefined) return;
  eventTable(records).set(id, { ...known, progress: 1, finished_us: now_us, failure });
  const { ended } = progressEvents(records);
  for (const old of ended.slice(0, -KEPT)) eventTable(records).delete(old.id);
}

/** @ceph progress/module.py "progress clear" — exact */
export function clearProgress(records: RecordStore): void {
  for (const id of [...eventTable(records).keys()]) eventTable(records).delete(id);
}
