import { fillData } from '../../../engine/base/data.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { writeImage } from '../../../engine/librbd/io/image-io.ts';
import type { RbdRun } from './command.ts';
import { onImage } from './open.ts';
import { withProgress } from './progress.ts';

/** Writes zeros over a whole image, object by object: `--thick-provision`. */
export function* thickProvision(run: RbdRun, io: IoCtx, name: string): Task<void> {
  yield* onImage(io, { name }, {}, function* (image) {
    yield* withProgress(run.process, 'Thick provisioning', run.silent, function* (onProgress) {
      for (let off = 0; off < image.size; off += image.objectSize) {
        const length = Math.min(image.objectSize, image.size - off);
        yield* writeImage(image, off, fillData(length));
        onProgress(off + length, image.size);
      }
    });
  });
}
