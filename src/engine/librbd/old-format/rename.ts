import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { renameInOldDirectory } from './directory.ts';
import { oldHeaderName } from './names.ts';

/**
 * The header is written under the new name, the directory changed, and the old header removed. What clients have put
 * beside the header's bytes (metadata, locks) does not come along.
 *
 * @ceph src/librbd/operation/RenameRequest.cc — exact
 */
export function* renameOldImage(io: IoCtx, from: string, to: string): Task<void> {
  const header = yield* io.read(oldHeaderName(from));
  yield* io.write(oldHeaderName(to), 0, header);
  yield* renameInOldDirectory(io, from, to);
  yield* io.remove(oldHeaderName(from));
}
