import { EMPTY_BYTES } from '../../base/bytes.ts';
import { bytesOfData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { decodeTmap } from '../../codec/tmap-codec.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_DIRECTORY } from '../object-names.ts';

/** Names of images of format 1 are keys of the trivial map that the data of `rbd_directory` is. */

export function* addToOldDirectory(io: IoCtx, name: string): Task<void> {
  yield* io.operate(RBD_DIRECTORY, [{ op: 'tmap-up', updates: [{ kind: 'set', key: name, value: EMPTY_BYTES }] }]);
}

/** ENOENT where it is not in it. */
export function* removeFromOldDirectory(io: IoCtx, name: string): Task<void> {
  yield* io.operate(RBD_DIRECTORY, [{ op: 'tmap-up', updates: [{ kind: 'remove', key: name }] }]);
}

/** Both at once, as `rbd rename` does. */
export function* renameInOldDirectory(io: IoCtx, from: string, to: string): Task<void> {
  yield* io.operate(RBD_DIRECTORY, [
    {
      op: 'tmap-up',
      updates: [
        { kind: 'set', key: to, value: EMPTY_BYTES },
        { kind: 'remove', key: from },
      ],
    },
  ]);
}

/** Names of the images of format 1, in order. @ceph src/librbd/internal.cc list — exact */
export function* listOldImages(io: IoCtx): Task<string[]> {
  try {
    const bytes = bytesOfData(yield* io.read(RBD_DIRECTORY));
    return [...decodeTmap(bytes).entries.keys()];
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
