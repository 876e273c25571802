import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** EINVAL for features that are on already, that cannot be switched on later, or that need another. */
export function* enableFeatures(_image: ImageCtx, _features: number): Task<void> {
  throw new AssertionError('being written');
}

/** EINVAL for features that are off already, that cannot be switched off, or that another needs. */
export function* disableFeatures(_image: ImageCtx, _features: number): Task<void> {
  throw new AssertionError('being written');
}
