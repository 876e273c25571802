import { must } from '../base/assert.ts';
import type { CompiledMap } from './compiled.ts';
import { lnTable } from './ln.ts';

/**
 * straw2: every item draws a straw whose length follows its weight, and the longest wins; the earlier one of equals.
 * Written flat, hash and all: this is where mapping spends its time. The hash is `crushHash32of3` of (x, id, r).
 *
 * @param index the bucket's index, not empty
 * @param position place in the result that is being filled, for choose_args with a weight set for each
 * @ceph src/crush/mapper.c bucket_straw2_choose — exact
 */
export function straw2Choose(map: CompiledMap, index: number, x: number, r: number, position: number): number {
  const ln = lnTable();
  const ids = map.ids;
  const weights = must(map.weights[Math.min(position, map.weights.length - 1)], 'weights');
  const start = map.start[index] ?? 0;
  const end = start + (map.size[index] ?? 0);
  const seed = 1315423911 ^ x ^ r;
  let high = start;
  let highDraw = Number.NEGATIVE_INFINITY;
  for (let i = start; i < end; i++) {
    const id = ids[i] ?? 0;
    let a = x | 0;
    let b = id;
    let h = seed ^ id;
    a = ((a - b - h) | 0) ^ (h >>> 13);
    b = ((b - h - a) | 0) ^ (a << 8);
    h = ((h - a - b) | 0) ^ (b >>> 13);
    a = ((a - b - h) | 0) ^ (h >>> 12);
    b = ((b - h - a) | 0) ^ (a << 16);
    h = ((h - a - b) | 0) ^ (b >>> 5);
    a = ((a - b - h) | 0) ^ (h >>> 3);
    b = ((b - h - a) | 0) ^ (a << 10);
    h = ((h - a - b) | 0) ^ (b >>> 15);

    let c = r | 0;
    let padX = 231232;
    c = ((c - padX - h) | 0) ^ (h >>> 13);
    padX = ((padX - h - c) | 0) ^ (c << 8);
    h = ((h - c - padX) | 0) ^ (padX >>> 13);
    c = ((c - padX - h) | 0) ^ (h >>> 12);
    padX = ((padX - h - c) | 0) ^ (c << 16);
    h = ((h - c - padX) | 0) ^ (padX >>> 5);
    c = ((c - padX - h) | 0) ^ (h >>> 3);
    padX = ((padX - h - c) | 0) ^ (c << 10);
    h = ((h - c - padX) | 0) ^ (padX >>> 15);

    let padY = 1232;
    padY = ((padY - a - h) | 0) ^ (h >>> 13);
    a = ((a - h - padY) | 0) ^ (padY << 8);
    h = ((h - padY - a) | 0) ^ (a >>> 13);
    padY = ((padY - a - h) | 0) ^ (h >>> 12);
    a = ((a - h - padY) | 0) ^ (padY << 16);
    h = ((h - padY - a) | 0) ^ (a >>> 5);
    padY = ((padY - a - h) | 0) ^ (h >>> 3);
    a = ((a - h - padY) | 0) ^ (padY << 10);
    h = ((h - padY - a) | 0) ^ (a >>> 15);

    b = ((b - padX - h) | 0) ^ (h >>> 13);
    padX = ((padX - h - b) | 0) ^ (b << 8);
    h = ((h - b - padX) | 0) ^ (padX >>> 13);
    b = ((b - padX - h) | 0) ^ (h >>> 12);
    padX = ((padX - h - b) | 0) ^ (b << 16);
    h = ((h - b - padX) | 0) ^ (padX >>> 5);
    b = ((b - padX - h) | 0) ^ (h >>> 3);
    padX = ((padX - h - b) | 0) ^ (b << 10);
    h = ((h - b - padX) | 0) ^ (padX >>> 15);

    padY = ((padY - c - h) | 0) ^ (h >>> 13);
    c = ((c - h - padY) | 0) ^ (padY << 8);
    h = ((h - padY - c) | 0) ^ (c >>> 13);
    padY = ((padY - c - h) | 0) ^ (h >>> 12);
    c = ((c - h - padY) | 0) ^ (padY << 16);
    h = ((h - padY - c) | 0) ^ (c >>> 5);
    padY = ((padY - c - h) | 0) ^ (h >>> 3);
    c = ((c - h - padY) | 0) ^ (padY << 10);
    h = ((h - padY - c) | 0) ^ (c >>> 15);

    // Truncation is upwards here, where all draws are below zero. The best so far is a whole number, so comparing
    // with the quotient itself says the same as comparing whole numbers. Weight 0 gives -Infinity and never wins.
    const draw = (ln[h & 0xffff] ?? 0) / (weights[i] ?? 0);
    if (draw > highDraw) {
      highDraw = Math.ceil(draw);
      high = i;
    }
  }
  return map.items[high] ?? 0;
}
