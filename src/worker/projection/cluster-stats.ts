import type { Cluster } from '../../engine/cluster/cluster.ts';
import type { PgStat, StatsPort } from '../../engine/mon/pg-stat.ts';
import { pgState } from '../../engine/osd/pg.ts';
import { pgIdText } from '../../engine/osdmap/pg-id.ts';
import { mapperOf } from '../../engine/osdmap/pg-mapper.ts';
import type { CollectionCounts } from './collection-counts.ts';

/** The statistics that the monitor works with, from counts that are kept up instead of a walk over all objects. */
export function countedStats(cluster: Cluster, counts: CollectionCounts): StatsPort {
  return {
    *pgStats() {
      for (const pool of cluster.monitor.map().pools.values()) {
        for (let seed = 0; seed < pool.pgNum; seed++) {
          const stat = pgStatOf(cluster, counts, pool.id, seed);
          if (stat !== null) yield stat;
        }
      }
    },
    osdUsage: (osd) => {
      const { bytes, omapBytes } = counts.ofOsd(osd);
      return { dataBytes: bytes, omapBytes, metaBytes: 0 };
    },
  };
}

export function pgStatOf(cluster: Cluster, counts: CollectionCounts, poolId: number, seed: number): PgStat | null {
  const { pgs, monitor } = cluster;
  const view = pgs.view(poolId, seed);
  if (view === null) return null;
  const { pool } = view;
  const pgid = pgIdText(pool.id, seed);
  const serving = pgs.serving(view);
  const { objects, bytes, omapBytes } = counts.ofPg(serving.acting[0] ?? -1, pgid);
  const missing = Math.max(0, pool.size - serving.acting.length);
  const { up, upPrimary } = mapperOf(monitor.map()).get(pool, seed);
  const record = pgs.record(pool.id, seed);
  return {
    pgid,
    pool: pool.id,
    seed,
    state: pgState(serving, pool.size, pool.minSize, objects),
    up,
    upPrimary,
    acting: serving.acting,
    actingPrimary: serving.acting[0] ?? -1,
    objects,
    bytes,
    omapBytes,
    degraded: missing * objects,
    misplaced: Math.max(0, serving.backfill.length - missing) * objects,
    version: `${record?.epoch ?? 0}'${record?.version ?? 0}`,
  };
}
