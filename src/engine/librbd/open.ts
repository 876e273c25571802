import { AssertionError } from '../base/assert.ts';

import type { Task } from '../base/task.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import type { ImageCtx } from './image-ctx.ts';

export interface OpenOptions {
  /** Registers no watch, takes no lock, and refuses writes with EROFS. */
  readonly readOnly?: boolean;
  /** Reads from this snapshot (user namespace); implies no writing. ENOENT where there is none of that name. */
  readonly snapName?: string;
  /** The same by id, in any namespace. */
  readonly snapId?: number;
  /** Does not open the parent: for operations on the header alone. */
  readonly skipParent?: boolean;
}

/** An image by its name, or by its id (also in the trash). */
export type ImageTarget = { readonly name: string } | { readonly id: string };

/** Opens an image. ENOENT where there is none; EINVAL, ENOSYS for features that this client does not know. */
export function* openImage(_io: IoCtx, _target: ImageTarget, _options: OpenOptions = {}): Task<ImageCtx> {
  throw new AssertionError('being written');
}

/** Gives up lock and watch, and closes the parents. */
export function* closeImage(_image: ImageCtx): Task<void> {
  throw new AssertionError('being written');
}

/** Opens an image, runs `body` with it, and closes it, also after an error (not when the task is dropped). */
export function* withImage<T>(
  _io: IoCtx,
  _target: ImageTarget,
  _options: OpenOptions,
  _body: (image: ImageCtx) => Task<T>,
): Task<T> {
  throw new AssertionError('being written');
}
