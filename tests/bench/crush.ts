import { initialOsdMap, newPool } from '../../src/engine/osdmap/build.ts';
import { PgMapper } from '../../src/engine/osdmap/pg-mapper.ts';

/** How fast PGs of three replicas are mapped with nothing known before, on OSDs spread over hosts. */
export interface MappingRate {
  readonly osds: number;
  readonly hosts: number;
  readonly pgsPerSecond: number;
}

/** Maps `pgs` PGs of a fresh cluster through a mapper that has mapped none of them. */
export function mapPgs(hosts: number, osdsPerHost: number, pgs: number): MappingRate {
  const osds = hosts * osdsPerHost;
  const map = initialOsdMap({ fsid: '', created_us: 0, osds, osdsPerHost });
  const pool = newPool({ id: 2, name: 'p', pgNum: pgs, size: 3, epoch: 1, now_us: 0 });
  const mapper = new PgMapper(map);
  const started = performance.now();
  for (let seed = 0; seed < pgs; seed++) mapper.get(pool, seed);
  const seconds = (performance.now() - started) / 1000;
  return { osds, hosts, pgsPerSecond: Math.round(pgs / seconds) };
}

/** The two sizes that are watched; each is mapped once before, to warm up. */
export function mappingRates(): MappingRate[] {
  mapPgs(3, 3, 20_000);
  return [mapPgs(3, 3, 200_000), mapPgs(50, 20, 50_000)];
}
