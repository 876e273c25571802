import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { byteStringOfText, textOfByteString, utf8Decode, utf8Encode } from '../../base/utf8.ts';
import type { Rados } from '../../librados/rados.ts';
import { nameInDirectory } from '../image-names.ts';
import { withImage } from '../open.ts';
import { listNamespaces } from '../operation/namespace.ts';
import { parseScheduleJson, type ScheduleItem, scheduleJson } from '../schedule.ts';
import { mirrorImageInfo } from './image-info.ts';
import { listMirrorImages } from './list-images.ts';
import { ALL_POOLS, imageName, type MirrorScheduleLevel, mirrorLevelId, mirrorLevelOfId } from './schedule-level.ts';

const MIRROR_SNAPSHOT_SCHEDULE = 'rbd_mirror_snapshot_schedule';
const APPLICATION = 'rbd';

/** A schedule of one level, by the level's id. */
export interface MirrorSchedule {
  readonly level: MirrorScheduleLevel;
  readonly items: readonly ScheduleItem[];
}
export type MirrorSchedules = ReadonlyMap<string, MirrorSchedule>;

/** All schedules; `everywhere` is that of all pools, as it is stored. Those of what is gone are left out. */
export function* readMirrorSchedules(rados: Rados, everywhere: string): Task<MirrorSchedules> {
  const out = new Map<string, MirrorSchedule>();
  const items = parseScheduleJson(everywhere);
  if (items.length > 0) out.set('', { level: ALL_POOLS, items });
  for (const [id, text] of yield* storedSchedules(rados)) {
    const level = yield* mirrorLevelOfId(rados, id);
    if (level !== null) out.set(id, { level, items: parseScheduleJson(text) });
  }
  return out;
}

function* storedSchedules(rados: Rados): Task<(readonly [id: string, text: string])[]> {
  const out: (readonly [string, string])[] = [];
  for (const { id, applications } of rados.pools()) {
    if (!applications.has(APPLICATION)) continue;
    for (const [key, value] of yield* storedIn(rados, id)) out.push([textOfByteString(key), utf8Decode(value)]);
  }
  return out;
}

function* storedIn(rados: Rados, pool: number) {
  try {
    return yield* rados.ioCtx(pool).omapGetVals(MIRROR_SNAPSHOT_SCHEDULE);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Keeps the schedule of a level with its pool; without items it is removed. */
export function* writeMirrorSchedule(
  rados: Rados,
  level: MirrorScheduleLevel & { readonly pool: number },
  items: readonly ScheduleItem[],
): Task<void> {
  const io = rados.ioCtx(level.pool);
  const key = byteStringOfText(mirrorLevelId(level));
  if (items.length > 0) {
    yield* io.omapSet(MIRROR_SNAPSHOT_SCHEDULE, new Map([[key, utf8Encode(scheduleJson(items))]]));
  } else yield* io.omapRemoveKeys(MIRROR_SNAPSHOT_SCHEDULE, [key]);
}

/** Forgets the schedules of what is gone. @ceph src/pybind/mgr/rbd_support/schedule.py load_schedules — exact */
export function* removeStaleSchedules(rados: Rados): Task<void> {
  for (const [id] of yield* storedSchedules(rados)) {
    if ((yield* mirrorLevelOfId(rados, id)) !== null) continue;
    const io = rados.ioCtx(Number(id.split('/')[0]));
    yield* passMissing(io.omapRemoveKeys(MIRROR_SNAPSHOT_SCHEDULE, [byteStringOfText(id)]));
  }
}

function* passMissing(task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** An image that leads and is mirrored by snapshots. */
export interface ScheduledImage {
  readonly pool: number;
  readonly nspace: string;
  readonly id: string;
  /** With its pool and namespace. */
  readonly name: string;
}

/** Those that some schedule is for. @ceph src/pybind/mgr/rbd_support/mirror_snapshot_schedule.py load_pool_images — exact */
export function* scheduledImages(rados: Rados, schedules: MirrorSchedules): Task<ScheduledImage[]> {
  if (schedules.size === 0) return [];
  const out: ScheduledImage[] = [];
  for (const { id: pool, name, applications } of rados.pools()) {
    if (!applications.has(APPLICATION)) continue;
    for (const nspace of ['', ...(yield* listNamespaces(rados.ioCtx(pool)))]) {
      for (const { id, image } of yield* leadingImages(rados, pool, nspace)) {
        const found = { pool, nspace, id, name: imageName(name, nspace, image) };
        if (scheduleFor(schedules, found) !== undefined) out.push(found);
      }
    }
  }
  return out;
}

function* leadingImages(rados: Rados, pool: number, nspace: string): Task<{ id: string; image: string }[]> {
  const io = rados.ioCtx(pool, nspace);
  const out: { id: string; image: string }[] = [];
  for (const [id, { mode }] of yield* listMirrorImages(io)) {
    const image = mode === 'snapshot' ? yield* nameInDirectory(io, id) : undefined;
    if (image === undefined) continue;
    const info = yield* withImage(io, { id }, { readOnly: true, skipParent: true }, mirrorImageInfo);
    if (info?.primary === true) out.push({ id, image });
  }
  return out;
}

/** Its own schedule, else its namespace's, its pool's, that of all. @ceph schedule.py Schedules.find — exact */
export function scheduleFor(schedules: MirrorSchedules, image: ScheduledImage): MirrorSchedule | undefined {
  const { pool, nspace, id } = image;
  const ids = [`${pool}/${nspace}/${id}`, `${pool}/${nspace}`, String(pool), ''];
  return ids.map((each) => schedules.get(each)).find((each) => each !== undefined);
}
