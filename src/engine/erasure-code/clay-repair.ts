import { type ClayShape, digitOf } from './clay-code.ts';
import { plainMinimum, type SubChunks } from './codec.ts';

/**
 * Sub-chunks to read: for a single lost chunk whose column is otherwise whole, a q-th of d chunks; otherwise whole chunks.
 *
 * @ceph src/erasure-code/clay/ErasureCodeClay.cc is_repair, minimum_to_repair, get_repair_subchunks
 */
export function clayMinimum(
  shape: ClayShape,
  want: ReadonlySet<number>,
  available: ReadonlySet<number>,
): Map<number, SubChunks> {
  const lost = [...want][0];
  if (lost === undefined || want.size > 1 || available.has(lost) || !columnIsWhole(shape, lost, available))
    return plainMinimum(shape.k, shape.subChunkCount, want, available);
  const ranges = repairSubChunks(shape, lost);
  const helpers = new Set(columnOf(shape, lost).filter((chunk) => chunk !== lost));
  for (const chunk of [...available].sort((a, b) => a - b)) {
    if (helpers.size >= shape.d) break;
    helpers.add(chunk);
  }
  return new Map([...helpers].sort((a, b) => a - b).map((chunk) => [chunk, ranges]));
}

/** The real check takes a zero chunk's place for that of a data chunk nu places before, and so does this. */
function columnIsWhole({ k, d, q, nu }: ClayShape, lost: number, available: ReadonlySet<number>): boolean {
  const node = lost < k ? lost : lost + nu;
  const nodes = Array.from({ length: q }, (_, x) => node - (node % q) + x);
  const chunks = nodes.map((at) => (at < k ? at : at - nu));
  return available.size >= d && chunks.every((chunk) => chunk === lost || available.has(chunk));
}

/** Chunks in the lost one's column of the grid; the zero chunks among them are nobody's to read. */
function columnOf({ k, q, nu }: ClayShape, lost: number): number[] {
  const node = lost < k ? lost : lost + nu;
  const first = node - (node % q);
  return Array.from({ length: q }, (_, x) => first + x)
    .filter((at) => at < k || at >= k + nu)
    .map((at) => (at < k ? at : at - nu));
}

/** The planes that leave the lost node uncoupled. */
function repairSubChunks(shape: ClayShape, lost: number): SubChunks {
  const { k, q, t, nu, subChunkCount } = shape;
  const node = lost < k ? lost : lost + nu;
  const y = Math.floor(node / q);
  const run = q ** (t - 1 - y);
  const ranges: [number, number][] = [];
  for (let plane = 0; plane < subChunkCount; plane += run)
    if (digitOf(shape, plane, y) === node % q) ranges.push([plane, run]);
  return ranges;
}
