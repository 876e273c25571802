import { bytesData, bytesOfData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { utf8Decode, utf8Encode } from '../../base/utf8.ts';
import { logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_INFO } from '../object-names.ts';

const VALIDATE = 'validate';
const OVERWRITE_VALIDATED = 'overwrite validated';

/**
 * Checks once that a pool can hold images: that it takes snapshots of its own and lets objects be overwritten. The
 * snapshot that this makes and removes uses up the pool's first two snapshot ids. EINVAL for a pool that cannot.
 *
 * @ceph src/librbd/image/ValidatePoolRequest.cc — exact
 */
export function* validatePool(io: IoCtx): Task<void> {
  if (!io.rados.port.era.validatesPools) return;
  if (io.rados.config('rbd_validate_pool') === 'false') return;
  const pool = io.inNamespace('');
  const state = yield* readInfo(pool);
  if (state === OVERWRITE_VALIDATED) return;
  if (state !== VALIDATE) {
    const snap = yield* pool.createSelfManagedSnap();
    try {
      yield* writeInfo(pool, VALIDATE, true);
    } finally {
      yield* pool.removeSelfManagedSnap(snap);
    }
  }
  yield* writeInfo(pool, OVERWRITE_VALIDATED, false);
}

function* readInfo(io: IoCtx): Task<string> {
  try {
    return utf8Decode(bytesOfData(yield* io.read(RBD_INFO)));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return '';
    throw error;
  }
}

function* writeInfo(io: IoCtx, text: string, create: boolean): Task<void> {
  const data = bytesData(utf8Encode(text));
  const write = { op: 'write', off: 0, data } as const;
  try {
    yield* io.operate(RBD_INFO, create ? [{ op: 'create', exclusive: true }, write] : [write]);
  } catch (error) {
    if (isErrno(error, 'EOPNOTSUPP')) {
      const text = 'handle_overwrite_rbd_info: pool missing required overwrite support';
      throw logged(io.rados, 'EINVAL', 'librbd::image::ValidatePoolRequest', text);
    }
    if (!create || !isErrno(error, 'EEXIST')) throw error;
  }
}
