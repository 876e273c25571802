import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { Rados } from '../../../engine/librados/rados.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import {
  closeImage,
  closingImage,
  type ImageTarget,
  type OpenOptions,
  openImage,
} from '../../../engine/librbd/open.ts';
import { namespaceExists } from '../../../engine/librbd/operation/namespace.ts';
import { RbdError } from './rbd-error.ts';

/** Opens a pool, the default one where `pool` is empty, and checks its namespace. */
export function* openPool(rados: Rados, pool: string, nspace = ''): Task<IoCtx> {
  const name = pool === '' ? rados.config('rbd_default_pool') : pool;
  let io: IoCtx;
  try {
    io = rados.ioCtx(name);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    if (pool === '') {
      throw new RbdError(
        `error opening default pool '${name}'\nEnsure that the default pool has been created or specify an alternate pool name.`,
        error.errno,
      );
    }
    throw new RbdError(`error opening pool '${name}': ${cppStrerror(error.errno)}`, error.errno);
  }
  if (nspace === '') return io;
  if (!(yield* namespaceExists(io, nspace))) throw new RbdError(`namespace '${nspace}' does not exist.`, ERRNO.ENOENT);
  return io.inNamespace(nspace);
}

/** Opens an image, runs `body`, and closes it. A failed opening says so in the tool's words. */
export function* onImage<T>(
  io: IoCtx,
  target: ImageTarget,
  options: OpenOptions,
  body: (image: ImageCtx) => Task<T>,
): Task<T> {
  return yield* closingImage(yield* openFor(io, target, options), body);
}

function* openFor(io: IoCtx, target: ImageTarget, { snapName, ...options }: OpenOptions): Task<ImageCtx> {
  const what = 'name' in target ? `image ${target.name}` : `image with id ${target.id}`;
  try {
    if (snapName === undefined) return yield* openImage(io, target, options);
  } catch (error) {
    if (error instanceof CephError)
      throw new RbdError(`error opening ${what}: ${cppStrerror(error.errno)}`, error.errno);
    throw error;
  }
  // The real tool opens the head first and then moves to the snapshot: the two fail in different words.
  yield* closeImage(yield* openFor(io, target, { ...options, readOnly: true }));
  try {
    return yield* openImage(io, target, { ...options, snapName });
  } catch (error) {
    if (error instanceof CephError) {
      throw new RbdError(`error setting snapshot context: ${cppStrerror(error.errno)}`, error.errno, '');
    }
    throw error;
  }
}
