import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import type { CreateOptions } from './create.ts';

export interface CopyOptions extends CreateOptions {
  /** Stretches of zeros at least this long are left out; 4096 unless given. */
  readonly sparseSize?: number;
}

/** `rbd cp`: a new image with the data of the head or snapshot that is open; answers its id. */
export function* copyImage(
  _source: ImageCtx,
  _io: IoCtx,
  _name: string,
  _options: CopyOptions = {},
  _onProgress: OnProgress = NO_PROGRESS,
): Task<string> {
  throw new AssertionError('being written');
}
