import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { Watcher } from '../../codec/osd-op.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Clients that have the image open, without this handle's own watch. */
export function* listImageWatchers(_image: ImageCtx): Task<readonly Watcher[]> {
  throw new AssertionError('being written');
}
