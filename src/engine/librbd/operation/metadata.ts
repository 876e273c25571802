import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Pairs in the order of keys. */
export function* listMetadata(_image: ImageCtx): Task<(readonly [key: string, value: string])[]> {
  throw new AssertionError('being written');
}

/** ENOENT where it is not set. */
export function* getMetadata(_image: ImageCtx, _key: string): Task<string> {
  throw new AssertionError('being written');
}

export function* setMetadata(_image: ImageCtx, _key: string, _value: string): Task<void> {
  throw new AssertionError('being written');
}

/** ENOENT where it is not set. */
export function* removeMetadata(_image: ImageCtx, _key: string): Task<void> {
  throw new AssertionError('being written');
}
