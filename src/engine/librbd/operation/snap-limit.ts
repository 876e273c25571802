import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Null where there is no limit. */
export function* getSnapLimit(_image: ImageCtx): Task<number | null> {
  throw new AssertionError('being written');
}

/** Null takes the limit away. ERANGE below the number of snapshots that there are. */
export function* setSnapLimit(_image: ImageCtx, _limit: number | null): Task<void> {
  throw new AssertionError('being written');
}
