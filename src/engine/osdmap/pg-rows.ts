import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import { mapInputs } from '../crush/map-inputs.ts';
import { showsAllDevices } from '../crush/reach.ts';
import { installSimdCore } from '../crush/simd-core.ts';
import { explicitMappings } from './explicit-mappings.ts';
import type { OsdMap } from './osd-map.ts';
import { OSD_EXISTS, OSD_PARTIAL, OSD_UP } from './osd-states.ts';
import { mapRaw, placementSeed } from './placement.ts';
import { LIST_END, listAt, type PoolTable } from './pool-table.ts';

/**
 * Fills the raw lists of these seeds (of all, where undefined) with what CRUSH gives now. Returns whom it touched, as
 * pairs of seed and OSD; see {@link PoolTable}.
 */
export function mapRows(
  map: OsdMap,
  table: PoolTable,
  seeds: Int32Array | undefined,
  weights: Uint32Array,
  states: Uint8Array,
): Int32Array | undefined {
  installSimdCore();
  const { pool, raw, width } = table;
  const count = seeds?.length ?? pool.pgNum;
  const seedAt = (at: number) => (seeds === undefined ? at : (seeds[at] ?? 0));
  const rule = map.crush.rules.get(pool.crushRule);
  const inputs = Int32Array.from({ length: count }, (_, at) => placementSeed(pool, seedAt(at)));
  const tellsAll = rule !== undefined && !showsAllDevices(rule);
  const { items, lengths, touched } = mapInputs({
    map: map.crush,
    ruleId: pool.crushRule,
    inputs,
    size: pool.size,
    weights,
    chooseArgs: pool.id,
    tellsAll,
  });
  const isErasure = pool.type === 'erasure';
  for (let at = 0; at < count; at++) {
    let to = seedAt(at) * width;
    const end = to + width;
    for (let i = at * pool.size; i < at * pool.size + (lengths[at] ?? 0); i++) {
      const osd = items[i] ?? 0;
      if (((states[osd] ?? 0) & OSD_EXISTS) !== 0) raw[to++] = osd;
      else if (isErasure) raw[to++] = CRUSH_ITEM_NONE;
    }
    while (to < end) raw[to++] = LIST_END;
  }
  if (touched !== undefined) for (let i = 0; i < touched.length; i += 2) touched[i] = seedAt(touched[i] ?? 0);
  return touched;
}

/** Works out up and acting of these seeds (of all, where undefined) from their raw lists. */
export function settleRows(map: OsdMap, table: PoolTable, seeds: Int32Array | undefined, states: Uint8Array): void {
  const explicit = explicitMappings(map, table.pool.id);
  const count = seeds?.length ?? table.pool.pgNum;
  for (let at = 0; at < count; at++) {
    const seed = seeds === undefined ? at : (seeds[at] ?? 0);
    if (explicit.has(seed) || !settlePlainly(table, seed, states)) settleByReference(map, table, seed);
  }
}

/** A PG of which the map says nothing by name. False where a primary affinity has a say. */
function settlePlainly(table: PoolTable, seed: number, states: Uint8Array): boolean {
  const { raw, up, acting, width } = table;
  const isErasure = table.pool.type === 'erasure';
  const end = (seed + 1) * width;
  let to = seed * width;
  let primary = -1;
  for (let i = to; i < end; i++) {
    const osd = raw[i] ?? LIST_END;
    if (osd === LIST_END) break;
    const state = states[osd] ?? 0;
    if ((state & OSD_PARTIAL) !== 0) return false;
    if ((state & OSD_UP) !== 0) {
      if (primary < 0) primary = osd;
      up[to++] = osd;
    } else if (isErasure) up[to++] = CRUSH_ITEM_NONE;
  }
  while (to < end) up[to++] = LIST_END;
  table.upPrimary[seed] = primary;
  if (acting !== up) for (let i = seed * width; i < end; i++) acting[i] = up[i] ?? LIST_END;
  table.actingPrimary[seed] = primary;
  return true;
}

function settleByReference(map: OsdMap, table: PoolTable, seed: number): void {
  const { up, upPrimary, acting, actingPrimary } = mapRaw(map, table.pool, seed, listAt(table, table.raw, seed));
  putList(table, table.up, seed, up);
  table.upPrimary[seed] = upPrimary;
  putList(table, table.acting, seed, acting);
  table.actingPrimary[seed] = actingPrimary;
}

function putList({ width }: PoolTable, list: Int32Array, seed: number, osds: readonly number[]): void {
  list.set(osds, seed * width);
  list.fill(LIST_END, seed * width + osds.length, (seed + 1) * width);
}
