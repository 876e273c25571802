import { CRUSH_ITEM_NONE } from '../../crush/crush-map.ts';
import type { OsdMap, PgPool } from '../osd-map.ts';
import { mapperOf } from '../pg-mapper.ts';

/** Seeds of a pool's PGs by OSD, OSDs and seeds in rising order. */
export interface PgsByOsd {
  readonly all: ReadonlyMap<number, ReadonlySet<number>>;
  readonly primaries: ReadonlyMap<number, ReadonlySet<number>>;
}

/** @ceph src/osd/OSDMap.cc OSDMap::get_pgs_by_osd — exact */
export function pgsByOsd(map: OsdMap, pool: PgPool): PgsByOsd {
  const mapper = mapperOf(map);
  const [all, primaries] = [new Map<number, Set<number>>(), new Map<number, Set<number>>()];
  for (let seed = 0; seed < pool.pgNum; seed++) {
    const { up, upPrimary } = mapper.get(pool, seed);
    for (const osd of up) add(all, osd, seed);
    if (up.length > 0) add(primaries, upPrimary, seed);
  }
  return { all: sorted(all), primaries: sorted(primaries) };
}

function add(sets: Map<number, Set<number>>, osd: number, seed: number): void {
  if (osd === CRUSH_ITEM_NONE) return;
  const set = sets.get(osd);
  if (set === undefined) sets.set(osd, new Set([seed]));
  else set.add(seed);
}

function sorted<T>(map: ReadonlyMap<number, T>): Map<number, T> {
  return new Map([...map].sort(([a], [b]) => a - b));
}
