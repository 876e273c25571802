import { configNumber, configValue } from '../../mon/config/value.ts';
import { osdsOf } from '../../osd/past-intervals.ts';
import type { PgRecord } from '../../osd/pg.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** Virtual time from the start of an object's copy to its end, besides that for its bytes. */
const LATENCY_US = 3_000;

/**
 * Virtual time that each object of a PG's recovery takes besides that for its bytes: an OSD has some under way at a time, for
 * all PGs that it leads, and may rest before each.
 *
 * @ceph src/osd/OSD.cc get_recovery_max_active, get_osd_recovery_sleep, do_recovery — exact limits; a changed osd_op_queue
 *   counts at once
 */
export function objectTime_us(pgs: PlacementGroups, record: PgRecord): number {
  return (LATENCY_US * busyWith(pgs, record)) / mostActive(pgs, record) + rest_us(pgs, record);
}

/** PGs that the primary of this one has recovered or backfilled just now. */
function busyWith(pgs: PlacementGroups, { interval }: PgRecord): number {
  if (configNumber(pgs.engine.records, 'osd', 'osd_max_backfills') <= 1) return 1;
  const isBusy = ({ work, interval: { actingPrimary } }: PgRecord) =>
    actingPrimary === interval.actingPrimary && (work === 'recovering' || work === 'backfilling');
  return Math.max(1, pgs.records().filter(isBusy).length);
}

function mostActive(pgs: PlacementGroups, record: PgRecord): number {
  const setting = settingsOf(pgs, record);
  return setting('osd_recovery_max_active') || setting(`osd_recovery_max_active_${mediumOf(pgs, record)}`) || 1;
}

/** The scheduler mclock does without. */
function rest_us(pgs: PlacementGroups, record: PgRecord): number {
  const who = `osd.${record.interval.actingPrimary}`;
  if (configValue(pgs.engine.records, who, 'osd_op_queue') === 'mclock_scheduler') return 0;
  const setting = settingsOf(pgs, record);
  const size = pgs.monitor.map().pools.get(record.pool)?.size ?? 0;
  const isDegraded = record.work === 'recovering' || osdsOf(record.interval.acting).length < size;
  const name = isDegraded ? 'osd_recovery_sleep_degraded' : 'osd_recovery_sleep';
  return (setting(name) || setting(`${name}_${mediumOf(pgs, record)}`)) * 1e6;
}

function settingsOf(pgs: PlacementGroups, { interval }: PgRecord): (name: string) => number {
  return (name) => configNumber(pgs.engine.records, `osd.${interval.actingPrimary}`, name);
}

function mediumOf(pgs: PlacementGroups, { interval }: PgRecord): 'hdd' | 'ssd' {
  const { deviceClasses, classNames } = pgs.monitor.map().crush;
  const name = classNames.get(deviceClasses.get(interval.actingPrimary) ?? -1);
  return name === 'ssd' || name === 'nvme' ? 'ssd' : 'hdd';
}
