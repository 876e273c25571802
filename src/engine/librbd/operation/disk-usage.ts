import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

export interface DiskUsageRow {
  /** Null for the head. */
  readonly snapName: string | null;
  readonly snapId: number | null;
  readonly provisionedBytes: number;
  /** What it holds beyond the snapshot before it. */
  readonly usedBytes: number;
}

/** Rows of `rbd du`: each user snapshot, then the head (or the one snapshot that is open). */
export function* diskUsage(_image: ImageCtx, _exact = false): Task<DiskUsageRow[]> {
  throw new AssertionError('being written');
}
