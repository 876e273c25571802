import { compiled } from '../crush/compiled.ts';
import { givesTheSame, showsAllDevices } from '../crush/reach.ts';
import { explicitMappings, explicitOsds, sameExplicit } from './explicit-mappings.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { osdStates } from './osd-states.ts';
import { mapRows, settleRows } from './pg-rows.ts';
import { hasTemps, keepTable, makePoolTable, type PgTable, widthOf } from './pg-table.ts';
import { osdWeights } from './placement.ts';
import { LIST_END, type PoolTable } from './pool-table.ts';

/** A table of the next map, and what became different. */
export interface Remapped {
  readonly table: PgTable;
  /**
   * By pool id: the seeds of PGs whose up or acting set or primaries changed, ascending, new PGs counted in. Pools
   * without any are not there, nor are pools that are gone.
   */
  readonly changed: ReadonlyMap<number, Int32Array>;
  /** PGs that were looked at anew, whether they changed or not. */
  readonly mappedPgs: number;
}

/** What changed of an OSD: it may be drawn less, or more; or something of it that CRUSH does not ask for. */
const [LESS, MORE, STATE] = [1, 2, 4] as const;

/** So many OSDs are looked for one by one. */
const FEW = 4;

/** By OSD id, the bits above. */
interface OsdChanges {
  readonly marks: Uint8Array;
  readonly any: number;
}

/**
 * The table of the next map, from that of the one before: only what the change can touch is mapped anew. The same as
 * `pgTableOf(next)`, which finds it from then on.
 *
 * @throws as `pgTableOf`
 */
export function remap(before: PgTable, next: OsdMap): Remapped {
  const weights = osdWeights(next);
  const changes = osdChanges(before, next, weights);
  const pools = new Map<number, PoolTable>();
  const changed = new Map<number, Int32Array>();
  let mappedPgs = 0;
  for (const pool of next.pools.values()) {
    const old = before.pools.get(pool.id);
    const table = remapPool(before, old, next, pool, weights, changes);
    pools.set(pool.id, table.table);
    mappedPgs += table.seeds?.length ?? pool.pgNum;
    const seeds = changedSeeds(old, table.table, table.seeds);
    if (seeds.length > 0) changed.set(pool.id, seeds);
  }
  const table = { map: next, pools, weights };
  keepTable(table);
  return { table, changed, mappedPgs };
}

function osdChanges(before: PgTable, next: OsdMap, weights: Uint32Array): OsdChanges {
  const [statesA, statesB] = [osdStates(before.map), osdStates(next)];
  const marks = new Uint8Array(Math.max(before.weights.length, weights.length, statesA.length, statesB.length));
  let any = 0;
  const sameRange = before.map.maxOsd === next.maxOsd;
  for (let osd = 0; osd < marks.length; osd++) {
    if (sameRange && before.map.osds[osd] === next.osds[osd]) continue;
    const [a, b] = [before.weights[osd] ?? 0, weights[osd] ?? 0];
    const inMap = osd < before.map.maxOsd === osd < next.maxOsd;
    const isState = (statesA[osd] ?? 0) !== (statesB[osd] ?? 0) || !inMap || affinityChanged(before.map, next, osd);
    const mark = (b < a ? LESS : b > a ? MORE : 0) | (isState ? STATE : 0);
    marks[osd] = mark;
    any |= mark;
  }
  return { marks, any };
}

function affinityChanged(a: OsdMap, b: OsdMap, osd: number): boolean {
  return a.osds[osd] !== b.osds[osd] && a.osds[osd]?.primaryAffinity !== b.osds[osd]?.primaryAffinity;
}

/** The next table of a pool, and the seeds that may differ; undefined where all may. */
function remapPool(
  before: PgTable,
  old: PoolTable | undefined,
  next: OsdMap,
  pool: PgPool,
  weights: Uint32Array,
  changes: OsdChanges,
): { table: PoolTable; seeds?: Int32Array } {
  if (old === undefined || !sameDraws(old.pool, pool) || old.width < widthOf(next, pool)) {
    return { table: makePoolTable(next, pool, weights) };
  }
  const drawn = seedsToDraw(before, old, next, pool, changes);
  if (drawn === undefined) return { table: makePoolTable(next, pool, weights) };
  const seeds = seedsToSettle(before.map, old, next, changes, drawn);
  if (seeds.length === 0) return { table: { ...old, pool }, seeds };
  const table = copyOf(old, next, pool);
  const touched =
    drawn.length === 0 ? old.touched : touchedOf(old, drawn, mapRows(next, table, drawn, weights, osdStates(next)));
  const whole = { ...table, touched };
  settleRows(next, whole, seeds, osdStates(next));
  return { table: whole, seeds };
}

/** True where CRUSH is asked the same for each seed. */
function sameDraws(a: PgPool, b: PgPool): boolean {
  return (
    a.type === b.type &&
    a.size === b.size &&
    a.crushRule === b.crushRule &&
    a.pgNum === b.pgNum &&
    a.pgpNum === b.pgpNum &&
    a.flags.includes('hashpspool') === b.flags.includes('hashpspool')
  );
}

/** The PGs for which CRUSH may say something else, ascending; undefined for all. */
function seedsToDraw(
  before: PgTable,
  old: PoolTable,
  next: OsdMap,
  pool: PgPool,
  { marks, any }: OsdChanges,
): Int32Array | undefined {
  const [a, b] = [before.map.crush, next.crush];
  const same = a === b || givesTheSame([a, compiled(a, pool.id)], [b, compiled(b, pool.id)], pool.crushRule);
  if (!same) return undefined;
  const rule = b.rules.get(pool.crushRule);
  if (rule === undefined || any === 0) return new Int32Array();
  const isPlain = showsAllDevices(rule);
  // An OSD that is drawn less matters to those that it was found in for, or to those that it was asked for.
  const asked = isPlain ? MORE : LESS | MORE | STATE;
  if ((any & asked) !== 0 && old.touched === undefined) return undefined;
  // Without any draw, as by a rule that takes an OSD, what exists has a say.
  if (!isPlain && (any & STATE) !== 0) return undefined;
  const seeds = new SeedSet(pool.pgNum);
  if (isPlain && (any & LESS) !== 0) addHolders(seeds, old, old.raw, marks, LESS);
  if ((any & asked) !== 0) {
    const touched = old.touched ?? [];
    for (let i = 0; i < touched.length; i += 2) {
      if (((marks[touched[i + 1] ?? 0] ?? 0) & asked) !== 0) seeds.add(touched[i] ?? 0);
    }
  }
  return seeds.list();
}

/** The PGs whose sets may become different: those drawn anew, and those with a changed OSD or mapping by name. */
function seedsToSettle(
  before: OsdMap,
  old: PoolTable,
  next: OsdMap,
  changes: OsdChanges,
  drawn: Int32Array,
): Int32Array {
  const seeds = new SeedSet(old.pool.pgNum);
  for (const seed of drawn) seeds.add(seed);
  if ((changes.any & STATE) !== 0) addHolders(seeds, old, old.raw, changes.marks, STATE);
  const [was, is] = [explicitMappings(before, old.pool.id), explicitMappings(next, old.pool.id)];
  for (const [seed, entry] of is) {
    const isChanged = !sameExplicit(was.get(seed), entry);
    if (isChanged || (changes.any !== 0 && explicitOsds(entry).some((osd) => (changes.marks[osd] ?? 0) !== 0))) {
      seeds.add(seed);
    }
  }
  for (const seed of was.keys()) if (!is.has(seed)) seeds.add(seed);
  return seeds.list();
}

/** Adds the PGs whose lists hold an OSD with one of these marks. */
function addHolders(seeds: SeedSet, { width }: PoolTable, list: Int32Array, marks: Uint8Array, mask: number): void {
  const marked: number[] = [];
  for (let osd = 0; osd < marks.length; osd++) if (((marks[osd] ?? 0) & mask) !== 0) marked.push(osd);
  if (marked.length <= FEW) {
    // Looking for each is faster than looking at each place.
    for (const osd of marked) {
      for (let at = list.indexOf(osd); at >= 0; at = list.indexOf(osd, at + 1)) seeds.add(Math.floor(at / width));
    }
    return;
  }
  for (let i = 0; i < list.length; i++) {
    const osd = list[i] ?? LIST_END;
    if (osd >= 0 && osd < marks.length && ((marks[osd] ?? 0) & mask) !== 0) seeds.add(Math.floor(i / width));
  }
}

/** Seeds below a count; those that are no PG's are left out. */
class SeedSet {
  readonly #has: Uint8Array;
  #count = 0;

  constructor(pgNum: number) {
    this.#has = new Uint8Array(pgNum);
  }

  has(seed: number): boolean {
    return this.#has[seed] === 1;
  }

  add(seed: number): void {
    if (this.#has[seed] !== 0) return;
    this.#has[seed] = 1;
    this.#count++;
  }

  /** Ascending. */
  list(): Int32Array {
    const list = new Int32Array(this.#count);
    for (let at = 0, seed = -1; at < list.length; at++) list[at] = seed = this.#has.indexOf(1, seed + 1);
    return list;
  }
}

/** The table to write the next one into. */
function copyOf(old: PoolTable, next: OsdMap, pool: PgPool): PoolTable {
  const [raw, up, upPrimary] = [old.raw.slice(), old.up.slice(), old.upPrimary.slice()];
  const isShared = old.acting === old.up && !hasTemps(next, pool);
  const acting = isShared ? up : old.acting.slice();
  const actingPrimary = isShared ? upPrimary : old.actingPrimary.slice();
  return { ...old, pool, raw, up, acting, upPrimary, actingPrimary };
}

/** Whom CRUSH touched: as before for the seeds that were not drawn anew. */
function touchedOf(old: PoolTable, drawn: Int32Array, fresh: Int32Array | undefined): Int32Array | undefined {
  if (old.touched === undefined || fresh === undefined) return undefined;
  const anew = new SeedSet(old.pool.pgNum);
  for (const seed of drawn) anew.add(seed);
  const kept: number[] = [];
  for (let i = 0; i < old.touched.length; i += 2) {
    const [seed, osd] = [old.touched[i] ?? 0, old.touched[i + 1] ?? 0];
    if (!anew.has(seed)) kept.push(seed, osd);
  }
  const all = new Int32Array(kept.length + fresh.length);
  all.set(kept);
  all.set(fresh, kept.length);
  return all;
}

function changedSeeds(old: PoolTable | undefined, table: PoolTable, candidates: Int32Array | undefined): Int32Array {
  const count = candidates?.length ?? table.pool.pgNum;
  const changed: number[] = [];
  for (let at = 0; at < count; at++) {
    const seed = candidates === undefined ? at : (candidates[at] ?? 0);
    if (old === undefined || seed >= old.pool.pgNum || differs(old, table, seed)) changed.push(seed);
  }
  return Int32Array.from(changed);
}

function differs(a: PoolTable, b: PoolTable, seed: number): boolean {
  if (a.upPrimary[seed] !== b.upPrimary[seed] || a.actingPrimary[seed] !== b.actingPrimary[seed]) return true;
  return listsDiffer(a, a.up, b, b.up, seed) || listsDiffer(a, a.acting, b, b.acting, seed);
}

function listsDiffer(a: PoolTable, listA: Int32Array, b: PoolTable, listB: Int32Array, seed: number): boolean {
  for (let i = 0; i < Math.max(a.width, b.width); i++) {
    const osdA = i < a.width ? listA[seed * a.width + i] : LIST_END;
    const osdB = i < b.width ? listB[seed * b.width + i] : LIST_END;
    if (osdA !== osdB) return true;
    if (osdA === LIST_END) return false;
  }
  return false;
}
