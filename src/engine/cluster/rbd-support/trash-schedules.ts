import { members, sortedPythonJson } from '../../base/python-json.ts';
import type { RecordStore } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import type { Rados } from '../../librados/rados.ts';
import {
  type LevelSchedule,
  levelId,
  levelName,
  parseLevel,
  purgedNamespaces,
  readTrashSchedules,
  type ScheduleLevel,
  writeTrashSchedule,
} from '../../librbd/operation/trash-schedule.ts';
import { scheduleJson } from '../../librbd/schedule.ts';
import { globalTrashSchedule, setGlobalTrashSchedule, trashScheduleChanged } from '../../mon/rbd-support.ts';
import { remembering } from './module-client.ts';
import { orNoObject } from './rbd-error-text.ts';
import {
  type AskedTimes,
  type ItemsChange,
  nextRunText,
  scheduleMembers,
  withoutTimes,
  withTimes,
} from './schedule-items.ts';

/** All schedules by their level's id, '' for that of all pools. */
export function* trashSchedules(records: RecordStore, rados: Rados): Task<Map<string, LevelSchedule>> {
  return yield* readTrashSchedules(remembering(rados), globalTrashSchedule(records));
}

/**
 * Adds purges of a level (`''`, `pool/` or `pool/namespace/`) to its schedule. EINVAL in the words of the manager.
 *
 * @ceph src/pybind/mgr/rbd_support/schedule.py Schedules.add — exact
 */
export function* addTrashSchedule(records: RecordStore, rados: Rados, name: string, times: AskedTimes): Task<void> {
  const level = yield* parseLevel(rados, name);
  yield* change(records, rados, level, withTimes(times));
}

/** Takes purges out of a schedule; without an interval all of that level. @ceph schedule.py Schedules.remove — exact */
export function* removeTrashSchedule(records: RecordStore, rados: Rados, name: string, times: AskedTimes): Task<void> {
  const level = yield* parseLevel(rados, name);
  yield* change(records, rados, level, withoutTimes(times));
}

function* change(records: RecordStore, rados: Rados, level: ScheduleLevel, to: ItemsChange): Task<void> {
  const items = to((yield* trashSchedules(records, rados)).get(levelId(level))?.items ?? []);
  if (level.pool !== null) yield* orNoObject('rbd_trash_purge_schedule', writeTrashSchedule(rados, level, items));
  else setGlobalTrashSchedule(records, items.length === 0 ? null : scheduleJson(items), rados.now_us());
  trashScheduleChanged(records);
}

/** Its own schedule or that of the closest level above, and all below. @ceph schedule.py Schedules.to_list — exact */
export function listedSchedules(all: ReadonlyMap<string, LevelSchedule>, level: ScheduleLevel): LevelSchedule[] {
  const above = [levelId(level), level.pool === null ? '' : String(level.pool), ''].find((id) => all.has(id));
  return [...all].flatMap(([id, each]) => (id === above || isBelow(each.level, level) ? [each] : []));
}

function isBelow(level: ScheduleLevel, top: ScheduleLevel): boolean {
  if (top.pool === null) return level.pool !== null;
  return level.pool === top.pool && top.nspace === null && level.nspace !== null;
}

/** A namespace, and when its trash is purged next. */
export interface NextPurge {
  readonly pool: number;
  readonly poolName: string;
  readonly nspace: string;
  /** As `2026-11-22 12:30:00`. */
  readonly time: string;
}

/** Those of a level that a schedule is for, the next ones first. @ceph trash_purge_schedule.py status — exact */
export function* nextPurges(records: RecordStore, rados: Rados, level: ScheduleLevel): Task<NextPurge[]> {
  const all = yield* purgedNamespaces(remembering(rados), yield* trashSchedules(records, rados));
  return all
    .filter(({ pool, nspace }) => (level.pool ?? pool) === pool && (level.nspace || nspace) === nspace)
    .map(({ pool, poolName, nspace, items }) => {
      const time = nextRunText(items, rados.now_us());
      return { pool, poolName, nspace, time };
    })
    .sort((a, b) => (a.time === b.time ? 0 : a.time < b.time ? -1 : 1));
}

/** What the manager's command `list` answers. */
export function* trashSchedulesJson(records: RecordStore, rados: Rados, name: string): Task<string> {
  const level = yield* parseLevel(rados, name);
  const listed = listedSchedules(yield* trashSchedules(records, rados), level);
  const shown = listed.map(
    ({ level: each, items }) => [levelId(each), scheduleMembers(levelName(rados, each), items)] as const,
  );
  return sortedPythonJson(new Map(shown));
}

/** What the manager's command `status` answers. */
export function* trashStatusJson(records: RecordStore, rados: Rados, name: string): Task<string> {
  const purges = yield* nextPurges(records, rados, yield* parseLevel(rados, name));
  const scheduled = purges.map(({ pool, poolName, nspace, time }) =>
    members({ schedule_time: time, pool_id: String(pool), pool_name: poolName, namespace: nspace }),
  );
  return sortedPythonJson(members({ scheduled }));
}
