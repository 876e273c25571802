import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';

export interface CreateOptions {
  /** log2 of the object size; 22 unless given. */
  readonly order?: number;
  /** Feature bits; 61 unless given. */
  readonly features?: number;
  /** Bits set and cleared after that (`--image-shared` clears exclusive-lock and what needs it). */
  readonly featuresSet?: number;
  readonly featuresClear?: number;
  /** Bytes. Both or neither. */
  readonly stripeUnit?: number;
  readonly stripeCount?: number;
  /** Name of the pool for the data objects. */
  readonly dataPool?: string;
}

/**
 * Makes an image and answers its id. EEXIST for a name in use, EINVAL for features, striping or a size that do not
 * go together, EDOM for an order outside 12 to 25, ENOENT for a missing data pool or namespace.
 */
export function* createImage(_io: IoCtx, _name: string, _size: number, _options: CreateOptions = {}): Task<string> {
  throw new AssertionError('being written');
}
