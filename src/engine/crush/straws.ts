import { must } from '../base/assert.ts';
import { ALG, type CompiledMap, compiled } from './compiled.ts';
import type { BucketAlg, CrushMap } from './crush-map.ts';
import { ONE } from './fixed.ts';
import { crushHash32of3, crushHash32of4 } from './hash.ts';
import { lnTable } from './ln.ts';
import type { TracedDraw } from './trace.ts';

/** What the items of a bucket drew, the chosen one first. */
export interface Straws {
  readonly alg: BucketAlg;
  /** Items of the bucket: all of them, also those whose straws are not told. */
  readonly items: number;
  readonly straws: readonly Straw[];
}

export interface Straw {
  readonly item: number;
  /** The weight that was drawn with, as a plain number: of the choose_args, where there are any. */
  readonly weight: number;
  /** The 16 bits of the hash that the draw is made of. */
  readonly hash: number;
  /** The longest wins. Straw2: what the logarithm gives, over the weight, below 0; straw: hash times length. */
  readonly length: number | null;
}

const MOST_STRAWS = 12;
/** What straw2 gives an item without weight: the least 64-bit number. */
const NEVER = -(2 ** 63);

/**
 * Works the draw of a bucket out anew, item for item: for showing. Straw kinds have straws by length, longest first;
 * a list what its items had to stay below, beginning with the chosen one; other kinds have none.
 *
 * @param chooseArgs which choose_args the rule was evaluated with
 */
export function strawsOf(map: CrushMap, chooseArgs: number, x: number, draw: TracedDraw): Straws {
  const flat = compiled(map, chooseArgs);
  const bucket = must(map.buckets.get(draw.bucket), 'bucket');
  const { alg, items } = bucket;
  const drawn = draw.permuted ? [] : items.flatMap((item, at) => strawOf(flat, draw, x, item, at) ?? []);
  // Sorting keeps the order of equals, and the earlier one of them wins.
  if (alg !== 'list') drawn.sort((a, b) => (b.length ?? 0) - (a.length ?? 0));
  const first = drawn.findIndex(({ item }) => item === draw.item);
  const winner = drawn.splice(Math.max(first, 0), 1);
  return { alg, items: items.length, straws: [...winner, ...drawn].slice(0, MOST_STRAWS) };
}

function strawOf(flat: CompiledMap, draw: TracedDraw, x: number, item: number, at: number): Straw | undefined {
  const index = -1 - draw.bucket;
  const place = (flat.start[index] ?? 0) + at;
  const weightsHere = must(flat.weights[Math.min(draw.position, flat.weights.length - 1)], 'weights');
  const alg = flat.alg[index];
  if (alg === ALG.straw2) {
    const hash = crushHash32of3(x, flat.ids[place] ?? 0, draw.r) & 0xffff;
    const weight = weightsHere[place] ?? 0;
    const length = weight === 0 ? NEVER : Math.ceil((lnTable()[hash] ?? 0) / weight);
    return { item, weight: weight / ONE, hash, length };
  }
  const weight = (flat.weights[0]?.[place] ?? 0) / ONE;
  if (alg === ALG.straw) {
    const hash = crushHash32of3(x, item, draw.r) & 0xffff;
    return { item, weight, hash, length: hash * (flat.legacy[index]?.[at] ?? 0) };
  }
  if (alg !== ALG.list) return undefined;
  return { item, weight, hash: crushHash32of4(x, item, draw.r, draw.bucket) & 0xffff, length: null };
}
