import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_TRASH } from '../object-names.ts';
import { validatePool } from './validate-pool.ts';

/**
 * `rbd pool init`: tags the pool with application rbd, checks that it can hold images, makes `rbd_trash`.
 *
 * @ceph src/librbd/api/Pool.cc init — exact
 */
export function* initPool(io: IoCtx): Task<void> {
  yield* io.rados.port.enableApplication(io.poolId, 'rbd');
  yield* validatePool(io);
  yield* io.create(RBD_TRASH, false);
}
