import { type RecordStore, type Table, tableName } from '../base/records.ts';
import { configFlag, configNumber } from './config/value.ts';

/** Long work of the cluster, as the manager's module progress follows it up. Kept by id. */
export interface ProgressEvent {
  readonly id: string;
  readonly message: string;
  /** What it is about: members in the order of names, or pairs. */
  readonly refs: ReadonlyMap<string, string> | readonly (readonly [what: string, which: string | number])[];
  /** From 0 to 1. */
  readonly progress: number;
  /** What it waits for, where that is not told by whoever began it. */
  readonly follows?: FollowedPgs | FollowedCluster;
  /** `ceph -s` tells of it. */
  readonly isInStatus?: boolean;
  readonly started_us: number;
  /** When it last said how far it is: what `ceph -s` shows is of then. */
  readonly refreshed_us?: number;
  /** Null while it goes on. */
  readonly finished_us: number | null;
  /** Why it failed; null where it did not. */
  readonly failure: string | null;
}

/** PGs that move since an OSD went out or came in, and what each lacked then: copies that were not in place. */
export interface FollowedPgs {
  readonly kind: 'pgs';
  readonly osd: number;
  readonly lacked: ReadonlyMap<string, number>;
}

/** All PGs; so many were clean when it began. */
export interface FollowedCluster {
  readonly kind: 'cluster';
  readonly clean: number;
}

/** Whether long work is followed up at all. */
export const PROGRESS_ON = 'mgr/progress/enabled';

/** By id. */
export const PROGRESS_EVENTS = tableName<ProgressEvent>('mgr/progress');

function eventTable(records: RecordStore): Table<ProgressEvent> {
  return records.table(PROGRESS_EVENTS);
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
  event: Pick<ProgressEvent, 'id' | 'message' | 'refs' | 'progress' | 'isInStatus' | 'follows'>,
  now_us: number,
): void {
  if (!configFlag(records, 'mgr', PROGRESS_ON)) return;
  const known = eventTable(records).get(event.id);
  const started_us = known?.started_us ?? now_us;
  const times = { started_us, refreshed_us: now_us, finished_us: null };
  eventTable(records).set(event.id, { ...known, ...event, ...times, failure: null });
}

/** @ceph progress/module.py complete, fail — exact */
export function endProgress(records: RecordStore, id: string, failure: string | null, now_us: number): void {
  const known = eventTable(records).get(id);
  if (known === undefined) return;
  eventTable(records).set(id, { ...known, progress: 1, finished_us: now_us, failure });
  const { ended } = progressEvents(records);
  const kept = configNumber(records, 'mgr', 'mgr/progress/max_completed_events');
  for (const old of ended.slice(0, Math.max(0, ended.length - kept))) eventTable(records).delete(old.id);
}

/** @ceph progress/module.py "progress clear" — exact */
export function clearProgress(records: RecordStore): void {
  for (const id of [...eventTable(records).keys()]) eventTable(records).delete(id);
}
