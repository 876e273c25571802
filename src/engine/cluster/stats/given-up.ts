import type { PgRecord } from '../../osd/pg.ts';
import { newestEntries, pgLog } from '../../osd/pg-log.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { pgTimes } from '../pgs/pg-times.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';

/**
 * True from when backfill ended with an object that nobody has until the PG is written to: while it was filled nothing was
 * degraded, and what is reported tells the state from before.
 *
 * @ceph src/osd/PeeringState.cc prepare_stats_for_publish — exact: `degraded` is told from counts after the state was taken
 */
export function hasJustGivenUp({ engine: { records } }: PlacementGroups, { pool, seed, work }: PgRecord): boolean {
  if (work !== 'backfill_unfound') return false;
  const since_us = pgTimes(records, pool, seed)?.changed_us ?? 0;
  const [newest] = newestEntries(pgLog(records, pgIdText(pool, seed)), 1);
  return newest === undefined || newest.info.mtime_us <= since_us;
}
