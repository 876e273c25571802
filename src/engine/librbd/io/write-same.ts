import { concatData, type Data, sliceData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journalDone, journalWriteSame } from '../journal/journal-io.ts';
import { changeImage, writeSealed } from './image-io.ts';

/**
 * Writes a pattern over and over. EINVAL where the length is no multiple of the pattern's; else as a write.
 *
 * @ceph src/librbd/io/ImageRequest.cc ImageWriteSameRequest, src/librbd/librbd.cc Image::writesame — exact in what is stored
 */
export function* writeSameImage(image: ImageCtx, off: number, length: number, pattern: Data): Task<void> {
  if (pattern.length === 0 || length % pattern.length !== 0) throw new CephError('EINVAL', 'length of a write-same');
  const data = concatData(Array.from({ length: length / pattern.length }, () => pattern));
  yield* changeImage(image, off, length, function* (at, len) {
    const entries = yield* journalWriteSame(image, at, len, pattern);
    yield* writeSealed(image, at, sliceData(data, 0, len));
    yield* journalDone(image, entries);
  });
}
