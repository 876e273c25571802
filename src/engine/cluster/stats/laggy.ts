import { isPeered, type PgRecord } from '../../osd/pg.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { knownOpWatch } from '../op-watch/hook.ts';
import { allAnswer, laggySince_us } from '../osd-reach.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';

/**
 * True for a PG whose primary holds a request back since it has not heard of all others for so long that it may no longer
 * be the one to ask: it notices with the first request that comes then.
 * @ceph src/osd/PrimaryLogPG.cc check_laggy, recheck_readable — exact
 */
export function isLaggy(pgs: PlacementGroups, record: PgRecord): boolean {
  const { records, now_us } = pgs.engine;
  if (allAnswer(records) || !isPeered(record)) return false;
  const view = pgs.view(record.pool, record.seed);
  if (view === null || view.silent.includes(record.interval.actingPrimary)) return false;
  const since_us = laggySince_us(records, view.silent, now_us());
  if (since_us === undefined) return false;
  return knownOpWatch(records)?.waitsIn(pgIdText(record.pool, record.seed), since_us) === true;
}
