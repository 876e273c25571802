import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { type PgTable, pgTableOf } from './pg-table.ts';
import { LIST_END, type PoolTable } from './pool-table.ts';
import { remap } from './remap.ts';

/** Where the PGs of a pool are, as the map wants them: their up sets. */
export interface PoolPlacement {
  readonly pool: PgPool;
  /** Places a PG has in `osds`: the pool's size, or what a mapping by name is longer. */
  readonly size: number;
  /** By seed, `size` OSD ids each; CRUSH_ITEM_NONE where a place has none. */
  readonly osds: Int32Array;
  /** By seed; -1 for none. */
  readonly primaries: Int32Array;
}

/** Where all PGs of a map are, by pool. */
export interface MapPlacement {
  readonly map: OsdMap;
  readonly pools: ReadonlyMap<number, PoolPlacement>;
  readonly table: PgTable;
  /** PGs that had to be mapped for it: those of `before` that nothing touched are taken over. */
  readonly mappedPgs: number;
}

/**
 * Where all PGs of a map are. Throws as {@link pgTableOf}.
 *
 * @param before the placement of a map that this one was made of
 */
export function placementOf(map: OsdMap, before?: MapPlacement): MapPlacement {
  const { table, mappedPgs } = before === undefined ? mapAll(map) : remap(before.table, map);
  const pools = new Map([...table.pools].map(([id, poolTable]) => [id, placementFrom(poolTable)]));
  return { map, pools, table, mappedPgs };
}

function mapAll(map: OsdMap): Pick<MapPlacement, 'table' | 'mappedPgs'> {
  return { table: pgTableOf(map), mappedPgs: [...map.pools.values()].reduce((sum, { pgNum }) => sum + pgNum, 0) };
}

function placementFrom({ pool, width: size, up, upPrimary: primaries }: PoolTable): PoolPlacement {
  return { pool, size, osds: withHoles(up), primaries };
}

/** By the lists that they were made of: a pool that an edit does not touch keeps its own. */
const known = new WeakMap<Int32Array, Int32Array>();

/** Lists with every place filled: behind their end there is nobody. */
function withHoles(lists: Int32Array): Int32Array {
  let osds = known.get(lists);
  if (osds !== undefined) return osds;
  osds = lists.slice();
  for (let at = 0; at < osds.length; at++) if (osds[at] === LIST_END) osds[at] = CRUSH_ITEM_NONE;
  known.set(lists, osds);
  return osds;
}
