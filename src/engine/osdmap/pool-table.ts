import { must } from '../base/assert.ts';
import type { PgMapping, PgPool } from './osd-map.ts';

/** Stands after the last OSD of a list that does not fill its places. */
export const LIST_END = -1;

/**
 * Where the PGs of a pool are. A list of a PG has `width` places from `seed * width` on, and ends at {@link LIST_END} or
 * with its last place; a hole of an erasure set is `CRUSH_ITEM_NONE`. The arrays must not be changed.
 */
export interface PoolTable {
  readonly pool: PgPool;
  readonly width: number;
  /** What CRUSH gives, without OSDs that do not exist. */
  readonly raw: Int32Array;
  readonly up: Int32Array;
  /** The very array of `up` where the pool has no temporary mappings; so with the primaries. */
  readonly acting: Int32Array;
  /** By seed; -1 for none. */
  readonly upPrimary: Int32Array;
  readonly actingPrimary: Int32Array;
  /** Pairs of seed and OSD: whom CRUSH drew and passed over, or drew at all; undefined where that is not known. */
  readonly touched: Int32Array | undefined;
}

/** The list of a PG in one of the table's arrays. */
export function listAt(table: PoolTable, list: Int32Array, seed: number): number[] {
  const row = list.subarray(seed * table.width, (seed + 1) * table.width);
  const end = row.indexOf(LIST_END);
  return [...(end < 0 ? row : row.subarray(0, end))];
}

/** Where a PG's copies are, as `mapPg` says it. */
export function mappingAt(table: PoolTable, seed: number): PgMapping {
  return {
    up: listAt(table, table.up, seed),
    upPrimary: must(table.upPrimary[seed], 'PG'),
    acting: listAt(table, table.acting, seed),
    actingPrimary: must(table.actingPrimary[seed], 'PG'),
  };
}
