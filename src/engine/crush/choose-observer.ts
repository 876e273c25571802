import type { CrushStep } from './crush-map.ts';

/**
 * How a try ended.
 * - `chosen`: the item takes the place
 * - `collision`: another place has the item already
 * - `out`: the device is out, wholly or for this input
 * - `no-leaf`: below the bucket no device was found
 * - `empty-bucket`: there was nothing to draw from
 * - `wrong-type`: a device was drawn where a bucket of a type is looked for; the place is given up
 * - `no-such-item`: what was drawn is not in the map; the place is given up
 */
export type ChooseVerdict = 'chosen' | 'collision' | 'out' | 'no-leaf' | 'empty-bucket' | 'wrong-type' | 'no-such-item';

/**
 * Follows the evaluation of a rule as it happens: it is told by the very code that chooses, so that what it tells
 * cannot differ from what is chosen. The calls come in this order, where `( )*` is any number of times:
 *
 *     rule   = ( stepBegins ( search )* stepEnds )*
 *     search = ( tryBegins ( draw )* [ leafSearchBegins search leafSearchEnds ] verdict )* and gaveUp for some places
 *
 * In an MSR rule the `choosemsr` steps of a block are one nested search: a step begins once, with the first of its
 * block, and each further step is the leaf search of the one before; the settings at its start are not told.
 */
export interface ChooseObserver {
  stepBegins(at: number, step: CrushStep): void;
  /** The items that the rule works on after the step; after an `emit`, all devices emitted so far. */
  stepEnds(items: readonly number[]): void;
  /**
   * A try for a place: `place` counts from 0 among those that the search fills; `failures` before it; `bucket` is where
   * it starts, which after a local retry is not the search's own.
   */
  tryBegins(place: number, failures: number, bucket: number): void;
  /**
   * One item drawn from a bucket: for input `r`, with the weights that stand for `position`.
   * @param permuted the item is from the bucket's permutation, not by its straws (uniform buckets and old local retries)
   */
  draw(bucket: number, r: number, position: number, item: number, permuted: boolean): void;
  /** The item is of the type; now a device below it is looked for. */
  leafSearchBegins(item: number): void;
  leafSearchEnds(): void;
  /** The end of the try that began last and has not ended; `item` was drawn last, undefined for an empty bucket. */
  verdict(verdict: ChooseVerdict, item: number | undefined): void;
  /** No item for a place, for good. */
  gaveUp(place: number): void;
}
