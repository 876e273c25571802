import { members, sortedPythonJson } from '../../base/python-json.ts';
import type { RecordStore } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import type { Rados } from '../../librados/rados.ts';
import { type MirrorScheduleLevel, mirrorLevelId, parseMirrorLevel } from '../../librbd/mirror/schedule-level.ts';
import {
  type MirrorSchedule,
  type MirrorSchedules,
  readMirrorSchedules,
  type ScheduledImage,
  scheduledImages,
  scheduleFor,
  writeMirrorSchedule,
} from '../../librbd/mirror/snapshot-schedule.ts';
import { scheduleJson } from '../../librbd/schedule.ts';
import {
  changeMirrorSupport,
  globalMirrorSchedule,
  mirrorSupport,
  setGlobalMirrorSchedule,
} from '../../mon/rbd-support.ts';
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

/** The manager looks which images there are as often as this. */
const REFRESH_US = 60_000_000;

/** All schedules of mirror snapshots by their level's id, '' for that of all pools. */
export function* mirrorSchedules(records: RecordStore, rados: Rados): Task<MirrorSchedules> {
  return yield* readMirrorSchedules(remembering(rados), globalMirrorSchedule(records));
}

/**
 * Adds snapshots to the schedule of a level (`''`, `pool/`, `pool/namespace/`, `pool/image`, `pool/namespace/image`). EINVAL in the
 * words of the manager.
 *
 * @ceph src/pybind/mgr/rbd_support/schedule.py Schedules.add — exact
 */
export function* addMirrorSchedule(records: RecordStore, rados: Rados, name: string, times: AskedTimes): Task<void> {
  const level = yield* parseMirrorLevel(rados, name);
  yield* change(records, rados, level, withTimes(times));
}

/** Takes snapshots out of a schedule; without an interval all of that level. @ceph schedule.py Schedules.remove — exact */
export function* removeMirrorSchedule(records: RecordStore, rados: Rados, name: string, times: AskedTimes): Task<void> {
  const level = yield* parseMirrorLevel(rados, name);
  yield* change(records, rados, level, withoutTimes(times));
}

function* change(records: RecordStore, rados: Rados, level: MirrorScheduleLevel, to: ItemsChange): Task<void> {
  const images = yield* knownImages(records, rados);
  const items = to((yield* mirrorSchedules(records, rados)).get(mirrorLevelId(level))?.items ?? []);
  const { pool } = level;
  const write = pool === null ? null : writeMirrorSchedule(rados, { ...level, pool }, items);
  if (write !== null) yield* orNoObject('rbd_mirror_snapshot_schedule', write);
  else setGlobalMirrorSchedule(records, items.length === 0 ? null : scheduleJson(items), rados.now_us());
  const { version } = mirrorSupport(records);
  changeMirrorSupport(records, { version: version + 1, refreshed_us: rados.now_us(), images });
}

/**
 * The images that the manager knows of: as it found them when it looked last, which it does once a minute.
 *
 * @ceph src/pybind/mgr/rbd_support/mirror_snapshot_schedule.py refresh_images — exact to the minute
 */
export function* knownImages(records: RecordStore, rados: Rados): Task<readonly ScheduledImage[]> {
  const { refreshed_us, images } = mirrorSupport(records);
  if (Math.floor(rados.now_us() / REFRESH_US) === Math.floor(refreshed_us / REFRESH_US)) return images;
  return yield* scheduledImages(remembering(rados), yield* mirrorSchedules(records, rados));
}

/** Its own schedule or that of the closest level above, and all below. @ceph schedule.py Schedules.to_list — exact */
export function listedMirrorSchedules(all: MirrorSchedules, level: MirrorScheduleLevel): MirrorSchedule[] {
  const { pool, nspace } = level;
  const parents = [
    mirrorLevelId(level),
    nspace === null ? null : `${pool}/${nspace}`,
    pool === null ? null : `${pool}`,
    '',
  ];
  const above = parents.find((id) => id !== null && all.has(id));
  return [...all].flatMap(([id, each]) => (id === above || isBelow(each.level, level) ? [each] : []));
}

function isBelow(level: MirrorScheduleLevel, top: MirrorScheduleLevel): boolean {
  if (top.pool === null) return level.pool !== null;
  if (level.pool !== top.pool) return false;
  if (top.nspace === null) return level.nspace !== null;
  return level.nspace === top.nspace && top.imageId === null && level.imageId !== null;
}

/** An image, and when its next snapshot is made: as `2026-11-22 12:30:00`. */
export interface NextSnapshot {
  readonly name: string;
  readonly time: string;
}

/** Those of a level, the next ones first. @ceph mirror_snapshot_schedule.py status — exact */
export function* nextMirrorSnapshots(
  records: RecordStore,
  rados: Rados,
  { pool, nspace, imageId }: MirrorScheduleLevel,
): Task<NextSnapshot[]> {
  const schedules = yield* mirrorSchedules(records, rados);
  const images = (yield* knownImages(records, rados)).filter(
    (image) =>
      (pool ?? image.pool) === image.pool &&
      (nspace || image.nspace) === image.nspace &&
      (imageId ?? image.id) === image.id,
  );
  return images
    .flatMap((image) => {
      const schedule = scheduleFor(schedules, image);
      return schedule === undefined ? [] : [{ name: image.name, time: nextRunText(schedule.items, rados.now_us()) }];
    })
    .sort((a, b) => (a.time === b.time ? 0 : a.time < b.time ? -1 : 1));
}

/** What the manager's command `list` answers. */
export function* mirrorSchedulesJson(records: RecordStore, rados: Rados, name: string): Task<string> {
  const level = yield* parseMirrorLevel(rados, name);
  const listed = listedMirrorSchedules(yield* mirrorSchedules(records, rados), level);
  return sortedPythonJson(
    new Map(listed.map(({ level: each, items }) => [mirrorLevelId(each), scheduleMembers(each.name, items)])),
  );
}

/** What the manager's command `status` answers. */
export function* mirrorStatusJson(records: RecordStore, rados: Rados, name: string): Task<string> {
  const next = yield* nextMirrorSnapshots(records, rados, yield* parseMirrorLevel(rados, name));
  const scheduled_images = next.map(({ name: image, time }) => members({ schedule_time: time, image }));
  return sortedPythonJson(members({ scheduled_images }));
}
