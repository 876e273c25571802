import type { Cluster } from '../../src/engine/cluster/cluster.ts';
import { askScrub } from '../../src/engine/cluster/scrub/queue.ts';
import { type ScrubFound, scrubFound, scrubState } from '../../src/engine/cluster/scrub/records.ts';
import type { ScrubKind } from '../../src/engine/osd/scrub/scrub-pg.ts';
import { pgIdText } from '../../src/engine/osdmap/pg-id.ts';

/** Scrubs every PG of a pool, and waits until nothing is left to do. */
export function scrubPool(cluster: Cluster, pool: number, kind: ScrubKind): void {
  for (const record of cluster.pgs.records())
    if (record.pool === pool) askScrub(cluster.pgs, pgIdText(record.pool, record.seed), kind);
  cluster.run(cluster.settle());
}

/** What the last scrubs of a pool's PGs found, with the number of errors that stand. */
export function scrubFaults(
  cluster: Cluster,
  pool: number,
): { found: ScrubFound['objects'][number][]; errors: number } {
  const records = cluster.pgs.records().filter((record) => record.pool === pool);
  const found = records.flatMap((record) => scrubFound(cluster.records, record)?.objects ?? []);
  const errors = records.reduce((sum, record) => {
    const { shallowErrors, deepErrors } = scrubState(cluster.records, record);
    return sum + shallowErrors + deepErrors;
  }, 0);
  return { found, errors };
}
