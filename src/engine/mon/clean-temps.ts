import type { OsdMap } from '../osdmap/osd-map.ts';
import { parsePgId } from '../osdmap/pg-id.ts';
import { mapperOf } from '../osdmap/pg-mapper.ts';

/**
 * A map without pg_temp and primary_temp entries that say nothing: of PGs that are gone, of OSDs that are all down, more
 * OSDs than the pool wants, or just what the map would give without them.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::clean_temps — exact
 */
export function withoutStaleTemps(map: OsdMap): OsdMap {
  if (map.pgTemp.size === 0 && map.primaryTemp.size === 0) return map;
  const plain = mapperOf({ ...map, pgTemp: new Map(), primaryTemp: new Map() });
  const isUp = (osd: number) => map.osds[osd]?.up === true;
  const pgTemp = kept(map, map.pgTemp, (pool, seed, osds) => {
    const { up } = plain.get(pool, seed);
    return osds.some(isUp) && osds.length <= pool.size && osds.join() !== up.join();
  });
  const primaryTemp = kept(map, map.primaryTemp, (pool, seed, osd) => {
    return isUp(osd) && plain.get(pool, seed).upPrimary !== osd;
  });
  return pgTemp === map.pgTemp && primaryTemp === map.primaryTemp ? map : { ...map, pgTemp, primaryTemp };
}

function kept<V>(
  { pools }: OsdMap,
  entries: ReadonlyMap<string, V>,
  keep: (pool: Parameters<ReturnType<typeof mapperOf>['get']>[0], seed: number, value: V) => boolean,
): ReadonlyMap<string, V> {
  const left = [...entries].filter(([pgid, value]) => {
    const id = parsePgId(pgid);
    const pool = pools.get(id?.pool ?? -1);
    return id !== undefined && pool !== undefined && id.seed < pool.pgNum && keep(pool, id.seed, value);
  });
  return left.length === entries.size ? entries : new Map(left);
}
