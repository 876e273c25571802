import { AssertionError } from '../../base/assert.ts';
import type { Data } from '../../base/data.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Reads; what lies beyond the end is cut off. Holes stay holes. */
export function* readImage(_image: ImageCtx, _off: number, _length: number): Task<Data> {
  throw new AssertionError('being written');
}

/** Writes; EINVAL beyond the end, EROFS where the image is open for reading only. */
export function* writeImage(_image: ImageCtx, _off: number, _data: Data): Task<void> {
  throw new AssertionError('being written');
}

/** Frees a range; it reads as zeros after. */
export function* discardImage(_image: ImageCtx, _off: number, _length: number): Task<void> {
  throw new AssertionError('being written');
}

/** Writes zeros, freeing what can be freed. */
export function* writeZeroesImage(_image: ImageCtx, _off: number, _length: number): Task<void> {
  throw new AssertionError('being written');
}
