import type { Cluster } from '../../engine/cluster/cluster.ts';
import { pgIdText } from '../../engine/osdmap/pg-id.ts';
import { mapperOf } from '../../engine/osdmap/pg-mapper.ts';
import { objectHash, pgSeedOfHash } from '../../engine/osdmap/placement.ts';
import type { Location } from '../../protocol/calls.ts';

/** Why an object, existing or not, is where it is; null where there is no such pool. */
export function locateObject(cluster: Cluster, poolId: number, nspace: string, oid: string): Location | null {
  const map = cluster.monitor.map();
  const pool = map.pools.get(poolId);
  if (pool === undefined) return null;
  const hash = objectHash(nspace, oid);
  const seed = pgSeedOfHash(pool, hash);
  return {
    pool: pool.name,
    oid,
    hash: hash.toString(16),
    pgNum: pool.pgNum,
    pgid: pgIdText(poolId, seed),
    up: mapperOf(map).get(pool, seed).up,
    acting: cluster.pgs.record(poolId, seed)?.interval.acting ?? [],
    rule: map.crush.rules.get(pool.crushRule)?.name ?? String(pool.crushRule),
  };
}
