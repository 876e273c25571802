/** What bucket kinds older than straw2 keep beside their item weights. */

/** For each item of a list bucket, the sum of the weights up to it. */
export function listSums(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight));
}

/**
 * Weights of the nodes of a tree bucket. Node numbers say the place: odd ones are leaves (item i is node 2i + 1),
 * and the number of trailing zero bits is the height.
 *
 * @ceph src/crush/builder.c crush_make_tree_bucket — exact
 */
export function treeNodes(weights: readonly number[]): Float64Array {
  const depth = weights.length === 0 ? 0 : 33 - Math.clz32(weights.length - 1);
  const nodes = new Float64Array(1 << depth);
  weights.forEach((weight, item) => {
    let node = 2 * item + 1;
    for (let height = 0; height < depth; height++) {
      nodes[node] = (nodes[node] ?? 0) + weight;
      const up = 1 << (height + 1);
      node = ((node >> (height + 2)) << (height + 2)) | up;
    }
  });
  return nodes;
}

/**
 * Lengths of the straws of a straw bucket, 16.16 fixed point.
 *
 * @ceph src/crush/builder.c crush_calc_straw — exact, both versions (tunable straw_calc_version)
 */
export function strawLengths(weights: readonly number[], version: number): Float64Array {
  const order = ascending(weights);
  const lengths = new Float64Array(weights.length);
  const state = { straw: 1, below: 0, last: 0, left: weights.length };
  for (let i = 0; i < order.length; ) {
    const item = order[i] ?? 0;
    const weight = weights[item] ?? 0;
    i++;
    if (weight === 0) {
      if (version >= 1) state.left--;
      continue;
    }
    lengths[item] = Math.trunc(state.straw * 0x10000);
    if (i === order.length) break;
    if (version === 0 && weight === weights[order[i] ?? 0]) continue;
    lengthen(state, weights, order, i, version);
  }
  return lengths;
}

interface StrawState {
  straw: number;
  below: number;
  last: number;
  left: number;
}

/** Lengthens the straw for the items from `i` of the order on, which weigh more than those before them. */
function lengthen(
  state: StrawState,
  weights: readonly number[],
  order: readonly number[],
  i: number,
  version: number,
): void {
  const weight = weights[order[i - 1] ?? 0] ?? 0;
  const next = weights[order[i] ?? 0] ?? 0;
  state.below += (weight - state.last) * state.left;
  if (version === 0) {
    for (let j = i; j < order.length && weights[order[j] ?? 0] === next; j++) state.left--;
  } else state.left--;
  const share = state.below / (state.below + state.left * (next - weight));
  state.straw *= (1 / share) ** (1 / state.left);
  state.last = weight;
}

/** Item indexes by weight, lightest first; equals in their order. */
function ascending(weights: readonly number[]): number[] {
  return weights.map((_, index) => index).sort((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0) || a - b);
}
