import { emitImage } from '../events.ts';
import type { ImageCtx } from '../image-ctx.ts';
import type { OnProgress } from '../progress.ts';

/** Progress that is told as an event, too. */
export function tellProgress(image: ImageCtx, operation: string, onProgress: OnProgress): OnProgress {
  return (done, total) => {
    emitImage(image, { type: 'rbd/progressed', operation, done, total });
    onProgress(done, total);
  };
}
