import { inTableOrder } from '../../../engine/mon/pg-order.ts';
import type { PgStat } from '../../../engine/mon/pg-stat.ts';
import { isoText } from '../format/dates.ts';
import { column, textTable } from '../format/text-table.ts';
import type { CephCall } from './ceph-command.ts';
import { scrubTimes } from './pg/scrub-times.ts';

const NAMES = [
  'OBJECTS',
  'MISSING_ON_PRIMARY',
  'DEGRADED',
  'MISPLACED',
  'UNFOUND',
  'BYTES',
  'OMAP_BYTES*',
  'OMAP_KEYS*',
  'LOG',
  'LOG_DUPS',
  'DISK_LOG',
  'STATE',
  'STATE_STAMP',
  'VERSION',
  'REPORTED',
  'UP',
  'UP_PRIMARY',
  'ACTING',
  'ACTING_PRIMARY',
  'LAST_SCRUB',
  'SCRUB_STAMP',
  'LAST_DEEP_SCRUB',
  'DEEP_SCRUB_STAMP',
  'SNAPTRIMQ_LEN',
  'LAST_SCRUB_DURATION',
];

const COLUMNS = [
  column('PG_STAT'),
  ...NAMES.map((name) => column(name, 'left', 'right')),
  column('SCRUB_SCHEDULING'),
  column('OBJECTS_SCRUBBED', 'left', 'right'),
  column('OBJECTS_TRIMMED', 'left', 'right'),
];

/** Every column that `ceph pg dump` has of each placement group. */
export function fullPgTable(call: CephCall, pgs: readonly PgStat[]): string {
  return textTable(
    COLUMNS,
    inTableOrder(pgs).map((pg) => row(call, pg)),
  );
}

function row(call: CephCall, pg: PgStat): (string | number)[] {
  const made_us = call.map.pools.get(pg.pool)?.created_us ?? 0;
  const log = logLength(pg);
  const scrub = scrubTimes(call, pg);
  return [
    pg.pgid,
    pg.objects,
    0,
    pg.degraded,
    pg.misplaced,
    pg.unfound ?? 0,
    pg.bytes,
    pg.scrub?.omapBytes ?? 0,
    pg.scrub?.omapKeys ?? 0,
    log,
    0,
    log,
    pg.state,
    isoText(pg.times?.changed_us ?? made_us),
    pg.version,
    reported(call, pg),
    setText(pg.up),
    pg.upPrimary,
    setText(pg.acting),
    pg.actingPrimary,
    scrub.last,
    scrub.stamp,
    scrub.lastDeep,
    scrub.deepStamp,
    0,
    scrub.duration,
    scrub.schedule,
    scrub.objects,
    0,
  ];
}

/** Entries of the PG's log: one for each update, none dropped. */
export function logLength(pg: PgStat): number {
  return Number(pg.version.split("'")[1] ?? 0);
}

export function setText(osds: readonly number[]): string {
  return `[${osds.join(',')}]`;
}

export function reported(call: CephCall, pg: PgStat): string {
  return `${call.map.epoch}:${logLength(pg)}`;
}
