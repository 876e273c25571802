import { equalBytes } from '../../base/bytes.ts';
import { bytesOfData, type Data } from '../../base/data.ts';
import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import type { ImageCtx } from '../image-ctx.ts';
import type { PendingEntry } from '../journal/journal.ts';
import { journalCompareAndWrite, journalDone } from '../journal/journal-io.ts';
import { changeImage, writeChange, writeSealed } from './image-io.ts';
import { readExtent } from './object-read.ts';
import { changeObject } from './object-write.ts';
import { imageToObjects } from './striper.ts';

/**
 * Writes where the bytes that are there are those of `compare`, in one step. EILSEQ where they are others; EINVAL across
 * objects, and where the two have different lengths; else as a write.
 *
 * @ceph src/librbd/io/ImageRequest.cc ImageCompareAndWriteRequest, ObjectRequest.cc ObjectCompareAndWriteRequest — exact
 */
export function* compareAndWriteImage(image: ImageCtx, off: number, compare: Data, data: Data): Task<void> {
  if (compare.length !== data.length) throw new CephError('EINVAL', 'lengths of compare and write');
  yield* changeImage(image, off, data.length, function* (at, len) {
    const [piece, ...others] = imageToObjects(image.layout, at, len);
    if (piece === undefined || others.length > 0 || len < data.length) throw new CephError('EINVAL', 'across objects');
    if (image.crypto !== null) return yield* compareSealed(image, at, compare, data);
    const entries = yield* journalCompareAndWrite(image, at, compare, data);
    const change = writeChange(image, piece.objectNo, piece.off, data);
    const ops: OsdOp[] = [{ op: 'cmpext', off: piece.off, data: compare }, ...change.ops];
    // What a whole object is compared with may be the parent's: that is copied up first all the same.
    yield* doneWhereOther(image, entries, changeObject(image, { ...change, ops, fullObject: false }));
  });
}

/** That the bytes are others is an end like another: played back, they are others again. */
function* doneWhereOther(image: ImageCtx, entries: readonly PendingEntry[], change: Task<void>): Task<void> {
  try {
    yield* change;
  } catch (error) {
    if (isErrno(error, 'EILSEQ')) yield* journalDone(image, entries);
    throw error;
  }
  yield* journalDone(image, entries);
}

/** OSDs cannot compare what is encrypted. @ceph src/librbd/crypto/CryptoObjectDispatch.cc compare_and_write — exact for one client */
function* compareSealed(image: ImageCtx, at: number, compare: Data, data: Data): Task<void> {
  const there = yield* readExtent(image, at, compare.length);
  if (!equalBytes(bytesOfData(there), bytesOfData(compare))) throw new CephError('EILSEQ', 'compare and write');
  yield* writeSealed(image, at, data);
}
