import { ALG, type CompiledMap } from './compiled.ts';
import { crushHash32of3, crushHash32of4 } from './hash.ts';
import { straw2Choose } from './straw2.ts';

/**
 * The item that a bucket gives for input `x` and try `r`. The bucket must not be empty.
 *
 * @ceph src/crush/mapper.c crush_bucket_choose — exact
 */
export function bucketChoose(map: CompiledMap, index: number, x: number, r: number, position: number): number {
  const alg = map.alg[index];
  if (alg === ALG.straw2) return straw2Choose(map, index, x, r, position);
  if (alg === ALG.uniform) return permChoose(map, index, x, r);
  if (alg === ALG.list) return listChoose(map, index, x, r);
  if (alg === ALG.tree) return treeChoose(map, index, x, r);
  return strawChoose(map, index, x, r);
}

let permutation = new Int32Array(64);

/**
 * The r-th item of a random permutation of the bucket. Ceph keeps the permutation from one call to the next, which
 * changes no result.
 *
 * @ceph src/crush/mapper.c bucket_perm_choose — exact
 */
export function permChoose(map: CompiledMap, index: number, x: number, r: number): number {
  const size = map.size[index] ?? 0;
  const wanted = (r >>> 0) % size;
  if (permutation.length < size) permutation = new Int32Array(2 * size);
  for (let i = 0; i < size; i++) permutation[i] = i;
  for (let place = 0; place <= wanted && place < size - 1; place++) {
    const other = place + (crushHash32of3(x, -1 - index, place) % (size - place));
    const kept = permutation[other] ?? 0;
    permutation[other] = permutation[place] ?? 0;
    permutation[place] = kept;
  }
  return itemAt(map, index, permutation[wanted] ?? 0);
}

function listChoose(map: CompiledMap, index: number, x: number, r: number): number {
  const sums = map.legacy[index];
  const start = map.start[index] ?? 0;
  for (let i = (map.size[index] ?? 0) - 1; i >= 0; i--) {
    const item = itemAt(map, index, i);
    const point = Math.floor(((crushHash32of4(x, item, r, -1 - index) & 0xffff) * (sums?.[i] ?? 0)) / 0x10000);
    if (point < (map.weights[0]?.[start + i] ?? 0)) return item;
  }
  return itemAt(map, index, 0);
}

function treeChoose(map: CompiledMap, index: number, x: number, r: number): number {
  const nodes = map.legacy[index];
  let node = (nodes?.length ?? 0) >> 1;
  while ((node & 1) === 0) {
    const half = (node & -node) >> 1;
    const point = scaled(crushHash32of4(x, node, r, -1 - index), nodes?.[node] ?? 0);
    node += point < (nodes?.[node - half] ?? 0) ? -half : half;
  }
  return itemAt(map, index, node >> 1);
}

/** `hash * weight / 2^32`, rounded down, of two 32-bit values. */
function scaled(hash: number, weight: number): number {
  const low = Math.floor(((hash & 0xffff) * weight) / 0x10000);
  return Math.floor(((hash >>> 16) * weight + low) / 0x10000);
}

function strawChoose(map: CompiledMap, index: number, x: number, r: number): number {
  const lengths = map.legacy[index];
  let high = 0;
  let highDraw = -1;
  for (let i = 0; i < (map.size[index] ?? 0); i++) {
    const draw = (crushHash32of3(x, itemAt(map, index, i), r) & 0xffff) * (lengths?.[i] ?? 0);
    if (draw > highDraw) {
      highDraw = draw;
      high = i;
    }
  }
  return itemAt(map, index, high);
}

function itemAt(map: CompiledMap, index: number, i: number): number {
  return map.items[(map.start[index] ?? 0) + i] ?? 0;
}
