import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { readImage, writeImage, writeZeroesImage } from '../io/image-io.ts';
import { objectExists } from '../io/object-read.ts';
import { type ImageExtent, objectCount, objectToImage, pruneExtents } from '../io/striper.ts';
import type { OnProgress } from '../progress.ts';
import { changeOps } from './change-ops.ts';

/**
 * What was written to the head of the destination goes back to the source. Both stay in the migration, so that the
 * same again does nothing more.
 *
 * @param newestBytes size of the newest snapshot that came from the source; 0 without any
 * @ceph src/librbd/api/Migration.cc revert_data — exact in what the source reads after; what differs is told from the
 * data of both
 */
export function* revertData(dest: ImageCtx, newestBytes: number, source: ImageCtx, onProgress: OnProgress): Task<void> {
  const end = objectCount(dest.layout, Math.max(dest.size, newestBytes));
  for (let no = 0; no < end; no++) {
    if (yield* mayDiffer(dest, no)) {
      const area = objectToImage(dest.layout, no, 0, dest.objectSize);
      for (const extent of pruneExtents(area, Math.min(dest.size, source.size))) {
        yield* revertExtent(dest, source, extent);
      }
    }
    onProgress(no + 1, end);
  }
}

/** An object that is not there shows the source's data, as long as the destination reads from the source. */
function* mayDiffer(dest: ImageCtx, objectNo: number): Task<boolean> {
  return dest.header.migration == null || (yield* objectExists(dest, objectNo));
}

function* revertExtent(dest: ImageCtx, source: ImageCtx, { off, len }: ImageExtent): Task<void> {
  const before = yield* readImage(source, off, len);
  const after = yield* readImage(dest, off, len);
  for (const op of changeOps(before, after, false)) {
    if (op.op === 'write') yield* writeImage(source, off + op.off, op.data);
    else if (op.op === 'zero') yield* writeZeroesImage(source, off + op.off, op.len);
  }
}
