import type { PgTable } from '../../../protocol/maps.ts';
import { NO_OSD } from './spread.ts';

/** What is drawn of a PG: copies that it lost the place of, and copies that have to be made elsewhere. */
export interface PgFacts {
  /** Copies that it has too few, after the edits. */
  readonly missing: Uint8Array;
  /** Copies on OSDs that had none of this PG before. */
  readonly moved: Uint8Array;
  /** 1 where the set of OSDs is another than before. */
  readonly changed: Uint8Array;
  readonly pgsChanged: number;
  readonly pgsMissing: number;
}

/** The OSDs of one PG on one side; places without one are left out. */
export function osdsOf(table: PgTable, side: 'before' | 'after', seed: number): readonly number[] {
  const found: number[] = [];
  for (let place = 0; place < table.size; place++) {
    const osd = table[side][seed * table.size + place];
    if (osd !== undefined && osd !== NO_OSD && osd >= 0) found.push(osd);
  }
  return found;
}

/** Where a PG's copies were before: of a PG that a split made, those of the PG that it came out of. */
export function seedBefore(seed: number, pgNumBefore: number): number {
  if (seed < pgNumBefore) return seed;
  let bit = 1;
  while (bit * 2 <= seed) bit *= 2;
  return seedBefore(seed - bit, pgNumBefore);
}

/** `size` copies are wanted of each PG; a row of the table may have more places, where pg_temp names more OSDs. */
export function factsOf(table: PgTable, size: number): PgFacts {
  const count = table.pgNumAfter;
  const missing = new Uint8Array(count);
  const moved = new Uint8Array(count);
  const changed = new Uint8Array(count);
  let [pgsChanged, pgsMissing] = [0, 0];
  for (let seed = 0; seed < count; seed++) {
    let present = 0;
    const old = seedBefore(seed, table.pgNumBefore) * table.size;
    for (let place = 0; place < table.size; place++) {
      const osd = table.after[seed * table.size + place] ?? NO_OSD;
      if (osd === NO_OSD || osd < 0) continue;
      present += 1;
      if (!has(table.before, old, table.size, osd)) moved[seed] = (moved[seed] ?? 0) + 1;
    }
    if (moved[seed] !== 0 || loses(table, old, seed * table.size)) {
      changed[seed] = 1;
      pgsChanged += 1;
    }
    missing[seed] = Math.max(0, size - present);
    if (missing[seed] !== 0) pgsMissing += 1;
  }
  return { missing, moved, changed, pgsChanged, pgsMissing };
}

/** True where an OSD that held a copy holds none any more. */
function loses({ before, after, size }: PgTable, old: number, now: number): boolean {
  for (let place = 0; place < size; place++) {
    const osd = before[old + place] ?? NO_OSD;
    if (osd !== NO_OSD && osd >= 0 && !has(after, now, size, osd)) return true;
  }
  return false;
}

function has(osds: Int32Array, from: number, size: number, osd: number): boolean {
  for (let place = 0; place < size; place++) if (osds[from + place] === osd) return true;
  return false;
}

/** PGs that hold a copy on one of these OSDs, after the edits: 1, or 2 where one leads. */
export function litPgs(table: PgTable, osds: ReadonlySet<number>): Uint8Array {
  const lit = new Uint8Array(table.pgNumAfter);
  if (osds.size === 0) return lit;
  for (let seed = 0; seed < lit.length; seed++)
    for (let place = 0; place < table.size; place++)
      if (osds.has(table.after[seed * table.size + place] ?? NO_OSD))
        lit[seed] = Math.max(lit[seed] ?? 0, place === 0 ? 2 : 1);
  return lit;
}
