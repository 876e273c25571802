import { CephError } from '../base/errno.ts';
import { explicitMappings } from './explicit-mappings.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { osdStates } from './osd-states.ts';
import { mapperOf } from './pg-mapper.ts';
import { mapRows, settleRows } from './pg-rows.ts';
import { osdWeights } from './placement.ts';
import type { PoolTable } from './pool-table.ts';

/** Larger tables are refused: 16 million places are a million PGs of 16 OSDs each. */
const MAX_PLACES = 2 ** 24;

/** Where all PGs of a map are. */
export interface PgTable {
  readonly map: OsdMap;
  readonly pools: ReadonlyMap<number, PoolTable>;
  /** The in/out weights that the table was made with. */
  readonly weights: Uint32Array;
}

const tables = new WeakMap<OsdMap, PgTable>();

/** The table of a map: the same one as long as the map object is the same. Throws as {@link makePoolTable}. */
export function pgTableOf(map: OsdMap): PgTable {
  let table = tables.get(map);
  if (table === undefined) keepTable((table = makePgTable(map)));
  return table;
}

/** Lets {@link pgTableOf} find a table that was made otherwise. */
export function keepTable(table: PgTable): void {
  tables.set(table.map, table);
}

/** Maps all PGs of all pools. */
function makePgTable(map: OsdMap): PgTable {
  const weights = osdWeights(map);
  const pools = [...map.pools.values()].map((pool) => [pool.id, makePoolTable(map, pool, weights)] as const);
  return { map, pools: new Map(pools), weights };
}

/**
 * Maps all PGs of a pool; the same as `mapPg` for each.
 *
 * @throws CephError EFBIG for more PGs than any pool has, ELOOP where CRUSH would try for ever
 */
export function makePoolTable(map: OsdMap, pool: PgPool, weights = osdWeights(map)): PoolTable {
  const table = emptyTable(map, pool);
  const touched = mapRows(map, table, undefined, weights, osdStates(map));
  const whole = { ...table, touched };
  settleRows(map, whole, undefined, osdStates(map));
  return whole;
}

/**
 * Maps a whole pool for the mapper of a map, which is much faster than one PG after another. Nothing happens for a pool
 * that no table has room for.
 */
export function mapAhead(map: OsdMap, pool: PgPool): void {
  if (widthOf(map, pool) * pool.pgNum <= MAX_PLACES) mapperOf(map).takeTable(makePoolTable(map, pool));
}

/** A table with room for all PGs of a pool. */
export function emptyTable(map: OsdMap, pool: PgPool): PoolTable {
  const width = widthOf(map, pool);
  if (width * pool.pgNum > MAX_PLACES) throw new CephError('EFBIG', `pool ${pool.id}: ${pool.pgNum} PGs`);
  const up = new Int32Array(pool.pgNum * width);
  const upPrimary = new Int32Array(pool.pgNum);
  const { acting, actingPrimary } = hasTemps(map, pool)
    ? { acting: new Int32Array(up.length), actingPrimary: new Int32Array(pool.pgNum) }
    : { acting: up, actingPrimary: upPrimary };
  const raw = new Int32Array(up.length);
  return { pool, width, raw, up, acting, upPrimary, actingPrimary, touched: undefined };
}

/** Places that a PG of the pool may need: its size, or what a mapping by name is longer. */
export function widthOf(map: OsdMap, pool: PgPool): number {
  let width = Math.max(pool.size, 1);
  for (const { whole, temp } of explicitMappings(map, pool.id).values()) {
    width = Math.max(width, whole?.length ?? 0, temp?.length ?? 0);
  }
  return width;
}

/** True where a pool has temporary mappings, so that acting sets may differ from up sets. */
export function hasTemps(map: OsdMap, pool: PgPool): boolean {
  for (const { temp, primaryTemp } of explicitMappings(map, pool.id).values()) {
    if (temp !== undefined || primaryTemp !== undefined) return true;
  }
  return false;
}
