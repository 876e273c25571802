import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

export interface DiffOptions {
  /** Whole objects, told from the object maps where they are valid. */
  readonly wholeObject?: boolean;
  /** Counts what is still the parent's; true unless given. */
  readonly includeParent?: boolean;
  readonly offset?: number;
  readonly length?: number;
}

export interface DiffExtent {
  readonly offset: number;
  readonly length: number;
  /** False for what is zero now. */
  readonly exists: boolean;
}

/**
 * What differs from snapshot `from` (or from nothing, for null) to the head or snapshot that is open, in order.
 * ENOENT for a missing snapshot, EINVAL for one that is not older.
 */
export function* diffImage(_image: ImageCtx, _from: string | null, _options: DiffOptions = {}): Task<DiffExtent[]> {
  throw new AssertionError('being written');
}
