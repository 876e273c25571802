import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { Rados } from '../../librados/rados.ts';
import { imageIdOf, nameInDirectory } from '../image-names.ts';
import { listNamespaces } from '../operation/namespace.ts';
import { getMirrorImage } from './list-images.ts';
import { mirrorMode } from './pool-mode.ts';

const APPLICATION = 'rbd';

/** What mirror snapshots are scheduled for: all pools, a pool, a namespace of it ('' for the default one), an image. */
export interface MirrorScheduleLevel {
  /** As `rbd/`, `rbd/ns/`, `rbd/image` or `rbd/ns/image`; empty for all pools. */
  readonly name: string;
  readonly pool: number | null;
  readonly nspace: string | null;
  readonly imageId: string | null;
}

export const ALL_POOLS: MirrorScheduleLevel = { name: '', pool: null, nspace: null, imageId: null };

/** Empty, `2`, `2/ns` or `2/ns/id`. */
export function mirrorLevelId({ pool, nspace, imageId }: MirrorScheduleLevel): string {
  return [pool, nspace, imageId].filter((part) => part !== null).join('/');
}

/**
 * Reads a name. EINVAL, in the words of the manager, for what there is not and what is not mirrored so.
 *
 * @ceph src/pybind/mgr/rbd_support/schedule.py LevelSpec.from_name, mirror_snapshot_schedule.py validators — exact
 */
export function* parseMirrorLevel(rados: Rados, name: string): Task<MirrorScheduleLevel> {
  const match = /^(?:([^/]+)\/(?:([^/]*)\/)?([^/@]+)?)?$/.exec(name);
  if (match === null) throw invalid(`failed to parse ${name}`);
  const [, poolName, nspace, image] = match;
  if (poolName === undefined) return ALL_POOLS;
  const pool = rados.findPool(poolName);
  if (pool === undefined) throw invalid(`pool ${poolName} does not exist`);
  if (!pool.applications.has(APPLICATION)) throw invalid(`${poolName} is not an RBD pool`);
  const found = { name, pool: pool.id, nspace: nspace ?? null, imageId: null };
  if (nspace === undefined && image === undefined) return found;
  const io = yield* mirroredNamespace(rados.ioCtx(pool.id), nspace ?? '');
  if (image === undefined) return found;
  const imageId = yield* mirroredImage(io, image);
  return { name: imageName(poolName, io.nspace, image), pool: pool.id, nspace: io.nspace, imageId };
}

/** The same of an id as it is stored; null for what is not there (any more), or not mirrored so. */
export function* mirrorLevelOfId(rados: Rados, id: string): Task<MirrorScheduleLevel | null> {
  const match = /^(\d+)(?:\/([^/]*)(?:\/([^/@]+))?)?$/.exec(id);
  const pool = rados.findPool(Number(match?.[1] ?? -1));
  if (match === null || pool === undefined) return null;
  const [, , nspace = null, imageId = null] = match;
  const found = { pool: pool.id, nspace, imageId };
  if (nspace === null) return { ...found, name: `${pool.name}/` };
  try {
    const io = yield* mirroredNamespace(rados.ioCtx(pool.id), nspace);
    if (imageId === null) return { ...found, name: `${pool.name}/${nspace}/` };
    const image = yield* nameInDirectory(io, imageId);
    if (image === undefined || !(yield* isBySnapshots(io, imageId))) return null;
    return { ...found, name: imageName(pool.name, nspace, image) };
  } catch (error) {
    if (isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}

/** An image with its pool and, unless that is the default one, its namespace. */
export function imageName(pool: string, nspace: string, image: string): string {
  return nspace === '' ? `${pool}/${image}` : `${pool}/${nspace}/${image}`;
}

function* mirroredNamespace(io: IoCtx, nspace: string): Task<IoCtx> {
  if (nspace === '') return io;
  if (!(yield* listNamespaces(io)).includes(nspace)) throw invalid(`namespace ${nspace} does not exist`);
  const inside = io.inNamespace(nspace);
  if ((yield* mirrorMode(inside)) !== 'image') throw invalid(`namespace ${nspace} is not in mirror image mode`);
  return inside;
}

function* mirroredImage(io: IoCtx, image: string): Task<string> {
  const id = yield* idOf(io, image);
  if (yield* isBySnapshots(io, id)) return id;
  throw invalid(`image ${image} is not in snapshot mirror mode`);
}

function* idOf(io: IoCtx, image: string): Task<string> {
  try {
    return yield* imageIdOf(io, image);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw invalid(`image ${image} does not exist`);
    throw error;
  }
}

function* isBySnapshots(io: IoCtx, id: string): Task<boolean> {
  return (yield* getMirrorImage(io, id))?.mode === 'snapshot';
}

function invalid(words: string): CephError {
  return new CephError('EINVAL', words);
}
