import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import type { CreateOptions } from './create.ts';

export interface DeepCopyOptions extends CreateOptions {
  readonly flatten?: boolean;
}

/** `rbd deep cp`: a new image with data, snapshots and parent link; answers its id. */
export function* deepCopyImage(
  _source: ImageCtx,
  _io: IoCtx,
  _name: string,
  _options: DeepCopyOptions = {},
  _onProgress: OnProgress = NO_PROGRESS,
): Task<string> {
  throw new AssertionError('being written');
}
