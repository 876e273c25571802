import type { ChunkCode } from './chunk-code.ts';
import { generatorOf } from './coding-matrix.ts';
import { galoisField } from './galois.ts';
import { combinations, type Matrix, type Row } from './matrix.ts';
import { pick, sumsOf } from './word-code.ts';

/** Any of the given chunks may help, since a coding chunk covers only some of the data chunks. */
export function shecCode(k: number, coding: Matrix, w: number): ChunkCode {
  const generator = generatorOf(k, coding);
  return {
    k,
    m: coding.length,
    encode: (data) => sumsOf(coding, data, w),
    rebuild(wanted, given) {
      const sources = [...given.keys()].sort((a, b) => a - b);
      const rows = combinations(galoisField(w), pick(generator, sources), pick(generator, wanted));
      if (rows === undefined) return undefined;
      return sumsOf(
        rows,
        sources.flatMap((source) => given.get(source) ?? []),
        w,
      );
    },
  };
}

/**
 * The fewest chunks that suffice for the wanted ones: tries every set of coding chunks, in order, and keeps the first of
 * those that need the fewest chunks together. Undefined where none does.
 *
 * @ceph src/erasure-code/shec/ErasureCodeShec.cc shec_make_decoding_matrix — the same choice
 */
export function shecMinimum(
  coding: Matrix,
  w: number,
  want: ReadonlySet<number>,
  available: ReadonlySet<number>,
): Set<number> | undefined {
  const k = coding[0]?.length ?? 0;
  const needed = neededData(coding, k, want, available);
  const lost = [...needed].filter((chunk) => !available.has(chunk));
  let best: Choice | undefined;
  for (let set = 0; set < 2 ** coding.length; set++) {
    const parities = coding.flatMap((_, i) => (set & (1 << i) ? [i] : []));
    if (parities.length > (best?.parities ?? k + 1) || !parities.every((i) => available.has(k + i))) continue;
    const choice = choiceOf(coding, parities, lost, available);
    if (choice === undefined) continue;
    if (choice.rows.length === 0) return withWanted(coding, k, choice, needed, want, available);
    if (choice.rows.length < (best?.rows.length ?? k + 1) && solvable(coding, w, choice)) best = choice;
  }
  return best && withWanted(coding, k, best, needed, want, available);
}

interface Choice {
  readonly parities: number;
  /** Chunks to read. */
  readonly rows: readonly number[];
  /** Data chunks that they determine. */
  readonly columns: readonly number[];
}

/** Wanted data chunks, and those that a wanted but lost coding chunk is made of. */
function neededData(coding: Matrix, k: number, want: ReadonlySet<number>, available: ReadonlySet<number>): Set<number> {
  const needed = new Set([...want].filter((chunk) => chunk < k));
  coding.forEach((row, i) => {
    if (!want.has(k + i) || available.has(k + i)) return;
    row.forEach((factor, chunk) => {
      if (factor !== 0) needed.add(chunk);
    });
  });
  return needed;
}

/** Undefined where chunks to read and chunks to find do not match in number. */
function choiceOf(
  coding: Matrix,
  parities: readonly number[],
  lost: readonly number[],
  available: ReadonlySet<number>,
): Choice | undefined {
  const k = coding[0]?.length ?? 0;
  const columns = new Set(lost);
  for (const i of parities) for (const chunk of coveredBy(coding[i])) columns.add(chunk);
  const covered = [...columns].filter(
    (chunk) => parities.some((i) => coding[i]?.[chunk] !== 0) && available.has(chunk),
  );
  const rows = [...covered, ...parities.map((i) => k + i)].sort((a, b) => a - b);
  if (rows.length !== columns.size) return undefined;
  return { parities: parities.length, rows, columns: [...columns].sort((a, b) => a - b) };
}

function coveredBy(row: Row | undefined): number[] {
  return [...(row?.keys() ?? [])].filter((chunk) => row?.[chunk] !== 0);
}

function solvable(coding: Matrix, w: number, { rows, columns }: Choice): boolean {
  const all = generatorOf(coding[0]?.length ?? 0, coding);
  const given = pick(all, rows).map((row) => Uint32Array.from(columns, (column) => row[column] ?? 0));
  const units = columns.map((_, i) => Uint32Array.from(columns, (_, j) => (i === j ? 1 : 0)));
  return combinations(galoisField(w), given, units) !== undefined;
}

function withWanted(
  coding: Matrix,
  k: number,
  choice: Choice,
  needed: ReadonlySet<number>,
  want: ReadonlySet<number>,
  available: ReadonlySet<number>,
): Set<number> {
  const minimum = new Set(choice.rows);
  for (const chunk of needed) if (available.has(chunk)) minimum.add(chunk);
  coding.forEach((row, i) => {
    if (!want.has(k + i) || !available.has(k + i)) return;
    if (row.some((factor, chunk) => factor !== 0 && !needed.has(chunk))) minimum.add(k + i);
  });
  return minimum;
}
