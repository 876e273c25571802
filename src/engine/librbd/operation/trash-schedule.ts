import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { byteStringOfText, textOfByteString, utf8Decode, utf8Encode } from '../../base/utf8.ts';
import type { Rados } from '../../librados/rados.ts';
import { parseScheduleJson, type ScheduleItem, scheduleJson } from '../schedule.ts';
import { listNamespaces } from './namespace.ts';

const TRASH_PURGE_SCHEDULE = 'rbd_trash_purge_schedule';
const APPLICATION = 'rbd';

/** What a schedule is for: all pools, a pool, or a namespace of it ('' for the default one). */
export interface ScheduleLevel {
  readonly pool: number | null;
  readonly nspace: string | null;
}

/** A level's id: empty, `2`, `2/` or `2/ns`. */
export function levelId({ pool, nspace }: ScheduleLevel): string {
  return pool === null ? '' : `${pool}${nspace === null ? '' : `/${nspace}`}`;
}

/** A level's name: empty, `rbd/`, `rbd//` or `rbd/ns/`. */
export function levelName(rados: Rados, { pool, nspace }: ScheduleLevel): string {
  if (pool === null) return '';
  return `${rados.findPool(pool)?.name ?? pool}/${nspace === null ? '' : `${nspace}/`}`;
}

/** Reads a name. EINVAL for what there is not. @ceph src/pybind/mgr/rbd_support/schedule.py LevelSpec.from_name — exact */
export function* parseLevel(rados: Rados, name: string): Task<ScheduleLevel> {
  if (name === '') return { pool: null, nspace: null };
  const match = /^([^/]+)\/(?:([^/]*)\/)?([^/@]+)?$/.exec(name);
  if (match === null) throw new CephError('EINVAL', `failed to parse ${name}`);
  const [, poolName = '', nspace, image] = match;
  if (image !== undefined) throw new CephError('EINVAL', `invalid name ${name}: image level is not allowed`);
  const pool = rados.findPool(poolName);
  if (pool === undefined) throw new CephError('EINVAL', `pool ${poolName} does not exist`);
  if (!pool.applications.has(APPLICATION)) throw new CephError('EINVAL', `${poolName} is not an RBD pool`);
  if (nspace !== undefined && nspace !== '' && !(yield* listNamespaces(rados.ioCtx(pool.id))).includes(nspace)) {
    throw new CephError('EINVAL', `namespace ${nspace} does not exist`);
  }
  return { pool: pool.id, nspace: nspace ?? null };
}

export interface LevelSchedule {
  readonly level: ScheduleLevel;
  readonly items: readonly ScheduleItem[];
}

/** All schedules by their level's id; `everywhere` is that of all pools, as it is stored. */
export function* readTrashSchedules(rados: Rados, everywhere: string): Task<Map<string, LevelSchedule>> {
  const out = new Map<string, LevelSchedule>();
  const add = (level: ScheduleLevel, text: string): void => {
    const items = parseScheduleJson(text);
    if (items.length > 0) out.set(levelId(level), { level, items });
  };
  add({ pool: null, nspace: null }, everywhere);
  for (const { id: pool, applications } of rados.pools()) {
    if (!applications.has(APPLICATION)) continue;
    for (const [key, value] of yield* storedIn(rados, pool)) {
      const [, nspace] = textOfByteString(key).split('/');
      add({ pool, nspace: nspace ?? null }, utf8Decode(value));
    }
  }
  return out;
}

function* storedIn(rados: Rados, pool: number) {
  try {
    return yield* rados.ioCtx(pool).omapGetVals(TRASH_PURGE_SCHEDULE);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Keeps the schedule of a pool or namespace with the pool; without items it is removed: ENOENT where the pool never had any. */
export function* writeTrashSchedule(rados: Rados, level: ScheduleLevel, items: readonly ScheduleItem[]): Task<void> {
  if (level.pool === null) throw new CephError('EINVAL', 'a schedule of all pools lies with none');
  const io = rados.ioCtx(level.pool);
  const key = byteStringOfText(levelId(level));
  if (items.length > 0) {
    yield* io.omapSet(TRASH_PURGE_SCHEDULE, new Map([[key, utf8Encode(scheduleJson(items))]]));
    return;
  }
  yield* io.omapRemoveKeys(TRASH_PURGE_SCHEDULE, [key]);
}

/** A namespace of a pool whose trash is purged, and by what schedule. */
export interface PurgedNamespace {
  readonly pool: number;
  readonly poolName: string;
  readonly nspace: string;
  readonly items: readonly ScheduleItem[];
}

/** Of each namespace its own schedule, else its pool's, else that of all. @ceph Schedules.find — exact */
export function* purgedNamespaces(
  rados: Rados,
  schedules: ReadonlyMap<string, LevelSchedule>,
): Task<PurgedNamespace[]> {
  const out: PurgedNamespace[] = [];
  if (schedules.size === 0) return out;
  for (const { id: pool, name: poolName, applications } of rados.pools()) {
    if (!applications.has(APPLICATION)) continue;
    for (const nspace of ['', ...(yield* listNamespaces(rados.ioCtx(pool)))]) {
      const found = schedules.get(`${pool}/${nspace}`) ?? schedules.get(String(pool)) ?? schedules.get('');
      if (found !== undefined) out.push({ pool, poolName, nspace, items: found.items });
    }
  }
  return out;
}
