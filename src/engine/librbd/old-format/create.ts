import { bytesData } from '../../base/data.ts';
import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { encodeHeaderV1 } from '../../codec/rbd-header-v1-codec.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_DIRECTORY } from '../object-names.ts';
import { emitCreated, refuseTaken } from '../operation/create.ts';
import { type CreateOptions, DEFAULT_ORDER } from '../operation/create-plan.ts';
import { addToOldDirectory } from './directory.ts';
import { oldHeaderName } from './names.ts';

/**
 * Before the first image of a pool: a snapshot, made and removed, shows that clients may make them.
 * @ceph src/librbd/internal.cc validate_pool — exact
 */
function* claimSnapMode(io: IoCtx): Task<void> {
  if (!io.rados.port.era.validatesPools) return;
  try {
    yield* io.stat(RBD_DIRECTORY);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    yield* io.removeSelfManagedSnap(yield* io.createSelfManagedSnap());
  }
}

/**
 * Makes an image of format 1: a name in the directory, then a header. One that was stopped between the two is made by
 * the same call again. EEXIST; EINVAL for features, striping, a data pool or a namespace; EDOM for an order outside 12
 * to 25.
 *
 * @ceph src/librbd/internal.cc create, create_v1 — exact; whether format 1 is allowed at all, callers decide
 */
export function* createOldImage(io: IoCtx, name: string, size: number, options: CreateOptions = {}): Task<void> {
  yield* refuseTaken(io, name);
  const order = options.order ?? DEFAULT_ORDER;
  if (order < 12 || order > 25) throw new CephError('EDOM', 'order must be in the range [12, 25]');
  if (io.nspace !== '') throw new CephError('EINVAL', 'attempting to add v1 image to namespace');
  yield* claimSnapMode(io);
  yield* addToOldDirectory(io, name);
  const blockName = io.rados.port.newOldPrefix(io.rados.clientId);
  const header = { blockName, order, cryptType: 0, compType: 0, imageSize: size, snapSeq: 0, snaps: [] };
  yield* io.write(oldHeaderName(name), 0, bytesData(encodeHeaderV1(header)));
  emitCreated(io, name, '', null);
}
