import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { TrashImageSpec } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';

export interface TrashEntry {
  readonly id: string;
  readonly spec: TrashImageSpec;
}

/** Moves an image to the trash, where it may not be removed before `expires_us` (Unix epoch; 0 for now). ENOENT. */
export function* moveToTrash(_io: IoCtx, _name: string, _expires_us = 0): Task<void> {
  throw new AssertionError('being written');
}

/** In order of ids. */
export function* listTrash(_io: IoCtx): Task<TrashEntry[]> {
  throw new AssertionError('being written');
}

/** ENOENT where it is not in the trash. */
export function* getTrashEntry(_io: IoCtx, _id: string): Task<TrashEntry> {
  throw new AssertionError('being written');
}

/** Brings an image back, under its old name unless another is given. ENOENT; EEXIST for a name in use. */
export function* restoreFromTrash(_io: IoCtx, _id: string, _name?: string): Task<void> {
  throw new AssertionError('being written');
}

/** ENOENT; EPERM before its time unless `force`; and as removeImage. */
export function* removeFromTrash(
  _io: IoCtx,
  _id: string,
  _force: boolean,
  _onProgress: OnProgress = NO_PROGRESS,
): Task<void> {
  throw new AssertionError('being written');
}

/** Removes what has expired by `before_us`. */
export function* purgeTrash(_io: IoCtx, _before_us: number, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  throw new AssertionError('being written');
}
