import { cppStrerror, ERRNO } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_TRASH } from '../object-names.ts';
import { validatePool } from './validate-pool.ts';

const APPLICATION = 'rbd';

/**
 * `rbd pool init`: tags the pool with application rbd, checks that it can hold images, makes `rbd_trash`. EPERM for a pool of
 * another application, unless `force`.
 *
 * @ceph src/librbd/api/Pool.cc init — exact
 */
export function* initPool(io: IoCtx, force = false): Task<void> {
  const { applications } = io.pool;
  if (!force && applications.size > 0 && !applications.has(APPLICATION)) {
    const text = `init: failed to enable RBD application: ${cppStrerror(ERRNO.EPERM)}`;
    throw logged(io.rados, 'EPERM', 'librbd::api::Pool', text);
  }
  yield* io.rados.port.enableApplication(io.poolId, APPLICATION);
  yield* validatePool(io);
  if (io.rados.port.era.makesTrash) yield* io.create(RBD_TRASH, false);
}
