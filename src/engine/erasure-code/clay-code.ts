import { assert, must } from '../base/assert.ts';
import type { ChunkCode } from './chunk-code.ts';

/** Nodes stand in a grid of t columns of q; each chunk has q^t sub-chunks, its planes. */
export interface ClayShape {
  readonly k: number;
  readonly m: number;
  /** Helpers that a single repair reads from. */
  readonly d: number;
  readonly q: number;
  readonly t: number;
  /** Zero chunks that fill up the grid, numbered from k. */
  readonly nu: number;
  readonly subChunkCount: number;
}

export function clayShape(k: number, m: number, d: number): ClayShape {
  const q = d - k + 1;
  const nu = (k + m) % q === 0 ? 0 : q - ((k + m) % q);
  const t = (k + m + nu) / q;
  return { k, m, d, q, t, nu, subChunkCount: q ** t };
}

/** Digit of the plane that belongs to column y: the node of that column that the plane leaves uncoupled. */
export function digitOf(shape: ClayShape, plane: number, y: number): number {
  return Math.floor(plane / shape.q ** (shape.t - 1 - y)) % shape.q;
}

/**
 * Coupled layers over a code of single chunks (`scalar`) and a pairwise transform of two chunks into two (`pair`).
 *
 * @ceph src/erasure-code/clay/ErasureCodeClay.cc encode_chunks, decode_chunks, decode_layered — the same bytes
 */
export function clayCode(shape: ClayShape, scalar: ChunkCode, pair: ChunkCode): ChunkCode {
  const { k, m, nu } = shape;
  const nodeOf = (chunk: number): number => (chunk < k ? chunk : chunk + nu);
  const solve = (lost: readonly number[], given: ReadonlyMap<number, Uint8Array>): Uint8Array[] => {
    const size = must([...given.values()][0], 'a chunk').length;
    const layers = new ClayLayers(shape, scalar, pair, size);
    for (const [chunk, bytes] of given) layers.coupled[nodeOf(chunk)] = bytes.slice();
    layers.solve(lost.map(nodeOf));
    return lost.map((chunk) => must(layers.coupled[nodeOf(chunk)], 'node'));
  };
  return {
    k,
    m,
    encode: (data) =>
      solve(
        Array.from({ length: m }, (_, i) => k + i),
        new Map(data.entries()),
      ),
    rebuild(wanted, given) {
      const lost = Array.from({ length: k + m }, (_, chunk) => chunk).filter((chunk) => !given.has(chunk));
      if (lost.length > m) return undefined;
      const solved = solve(lost, given);
      return wanted.map((chunk) => must(solved[lost.indexOf(chunk)], 'lost chunk'));
    },
  };
}

/**
 * One lost chunk out of d others, of each of which just the planes are given that leave the lost node uncoupled, one after
 * the other: what {@link clayMinimum} asks for.
 *
 * @ceph src/erasure-code/clay/ErasureCodeClay.cc repair, repair_one_lost_chunk — the same bytes
 */
export function clayRepair(
  shape: ClayShape,
  scalar: ChunkCode,
  pair: ChunkCode,
  lost: number,
  given: ReadonlyMap<number, Uint8Array>,
): Uint8Array {
  const { k, m, q, nu, subChunkCount } = shape;
  const nodeOf = (chunk: number): number => (chunk < k ? chunk : chunk + nu);
  const part_bytes = (must([...given.values()][0], 'a helper').length * q) / subChunkCount;
  const layers = new ClayLayers(shape, scalar, pair, part_bytes * subChunkCount);
  const planes = repairPlanes(shape, nodeOf(lost));
  for (const [chunk, bytes] of given) layers.place(nodeOf(chunk), planes, bytes);
  const chunks = Array.from({ length: k + m }, (_, chunk) => chunk);
  const aloof = chunks.filter((chunk) => chunk !== lost && !given.has(chunk)).map(nodeOf);
  layers.repair(nodeOf(lost), new Set(aloof), planes);
  return must(layers.coupled[nodeOf(lost)], 'node');
}

/** The planes that leave a node uncoupled. */
export function repairPlanes(shape: ClayShape, node: number): number[] {
  const planes = Array.from({ length: shape.subChunkCount }, (_, plane) => plane);
  return planes.filter((plane) => digitOf(shape, plane, Math.floor(node / shape.q)) === node % shape.q);
}

/** One decoding under way: the coupled chunks as they are stored, and beside them the uncoupled ones. */
class ClayLayers {
  readonly coupled: Uint8Array[];
  readonly #uncoupled: Uint8Array[];
  readonly #shape: ClayShape;
  readonly #scalar: ChunkCode;
  readonly #pair: ChunkCode;
  readonly #part_bytes: number;

  constructor(shape: ClayShape, scalar: ChunkCode, pair: ChunkCode, chunk_bytes: number) {
    assert(chunk_bytes % shape.subChunkCount === 0, 'chunks are whole sub-chunks');
    this.#shape = shape;
    this.#scalar = scalar;
    this.#pair = pair;
    this.#part_bytes = chunk_bytes / shape.subChunkCount;
    this.coupled = Array.from({ length: shape.q * shape.t }, () => new Uint8Array(chunk_bytes));
    this.#uncoupled = Array.from({ length: shape.q * shape.t }, () => new Uint8Array(chunk_bytes));
  }

  /** Fills in the lost nodes; where fewer than m are lost, coding nodes that are not are worked out anew. */
  solve(lost: readonly number[]): void {
    const { k, m, nu, q, t, subChunkCount } = this.#shape;
    const erased = new Set(lost);
    for (let node = k + nu; erased.size < m && node < q * t; node++) erased.add(node);
    const scores = Array.from({ length: subChunkCount }, (_, plane) => this.#score(plane, erased));
    for (let score = 0; score <= t; score++) {
      const planes = [...scores.keys()].filter((plane) => scores[plane] === score);
      for (const plane of planes) this.#uncouple(plane, erased);
      for (const plane of planes) for (const node of erased) this.#couple(plane, node, erased);
    }
  }

  place(node: number, planes: readonly number[], bytes: Uint8Array): void {
    planes.forEach((plane, i) => {
      const from = i * this.#part_bytes;
      this.#part(this.coupled, node, plane).set(bytes.subarray(from, from + this.#part_bytes));
    });
  }

  /** Fills in one lost node from planes of all but the aloof ones. */
  repair(lost: number, aloof: ReadonlySet<number>, planes: readonly number[]): void {
    const { q, t } = this.#shape;
    const column = Array.from({ length: q }, (_, x) => lost - (lost % q) + x);
    const erased = new Set([...column, ...aloof]);
    const unread = new Set([lost, ...aloof]);
    for (let score = 1; score <= t; score++)
      for (const plane of planes.filter((each) => this.#score(each, unread) === score)) {
        this.#uncouple(plane, erased, aloof);
        for (const node of column) this.#coupleLost(plane, node, lost);
      }
  }

  /** The lost node's sub-chunk in the plane, or in the one in which it is coupled with this node. */
  #coupleLost(plane: number, node: number, lost: number): void {
    const partner = this.#partner(plane, node);
    assert(partner.node === lost, 'these planes leave the lost node uncoupled');
    const own = this.#part(this.#uncoupled, node, plane);
    const target = this.#part(this.coupled, lost, partner.plane);
    if (node === lost) {
      target.set(own);
      return;
    }
    const place = node > lost ? 0 : 1;
    const known: [number, Uint8Array] = [place, this.#part(this.coupled, node, plane)];
    target.set(this.#paired(1 - place, [known, [place + 2, own]]));
  }

  /** How many erased nodes the plane leaves uncoupled. Planes of lower score come first. */
  #score(plane: number, erased: ReadonlySet<number>): number {
    return [...erased].filter((node) => this.#partner(plane, node).node === node).length;
  }

  /** The node and plane that this node is coupled with in this plane: itself where it is not. */
  #partner(plane: number, node: number): { readonly node: number; readonly plane: number } {
    const { q, t } = this.#shape;
    const y = Math.floor(node / q);
    const digit = digitOf(this.#shape, plane, y);
    return { node: y * q + digit, plane: plane + ((node % q) - digit) * q ** (t - 1 - y) };
  }

  #uncouple(plane: number, erased: ReadonlySet<number>, aloof: ReadonlySet<number> = new Set()): void {
    const known = new Map<number, Uint8Array>();
    for (let node = 0; node < this.coupled.length; node++) {
      if (erased.has(node)) continue;
      this.#part(this.#uncoupled, node, plane).set(this.#uncoupledOf(plane, node, aloof));
      known.set(node, this.#part(this.#uncoupled, node, plane));
    }
    const wanted = [...erased];
    const rebuilt = must(this.#scalar.rebuild(wanted, known), 'the scalar code is MDS');
    wanted.forEach((node, i) => {
      this.#part(this.#uncoupled, node, plane).set(must(rebuilt[i], 'sub-chunk'));
    });
  }

  /** From the coupled sub-chunks of the node and its partner; of an aloof partner the uncoupled one is known by then. */
  #uncoupledOf(plane: number, node: number, aloof: ReadonlySet<number>): Uint8Array {
    const partner = this.#partner(plane, node);
    const own = this.#part(this.coupled, node, plane);
    if (partner.node === node) return own;
    const place = node > partner.node ? 0 : 1;
    const other: [number, Uint8Array] = aloof.has(partner.node)
      ? [3 - place, this.#part(this.#uncoupled, partner.node, partner.plane)]
      : [1 - place, this.#part(this.coupled, partner.node, partner.plane)];
    return this.#paired(place + 2, [[place, own], other]);
  }

  /** From uncoupled sub-chunks, and the partner's coupled one where the partner is at hand. */
  #couple(plane: number, node: number, erased: ReadonlySet<number>): void {
    const partner = this.#partner(plane, node);
    const own = this.#part(this.#uncoupled, node, plane);
    const target = this.#part(this.coupled, node, plane);
    if (partner.node === node) {
      target.set(own);
      return;
    }
    const place = node > partner.node ? 0 : 1;
    const other: [number, Uint8Array] = erased.has(partner.node)
      ? [3 - place, this.#part(this.#uncoupled, partner.node, partner.plane)]
      : [1 - place, this.#part(this.coupled, partner.node, partner.plane)];
    target.set(this.#paired(place, [[place + 2, own], other]));
  }

  #paired(wanted: number, given: readonly (readonly [number, Uint8Array])[]): Uint8Array {
    return must(this.#pair.rebuild([wanted], new Map(given))?.[0], 'the pairwise transform is MDS');
  }

  #part(of: readonly Uint8Array[], node: number, plane: number): Uint8Array {
    return must(of[node], 'node').subarray(plane * this.#part_bytes, (plane + 1) * this.#part_bytes);
  }
}
