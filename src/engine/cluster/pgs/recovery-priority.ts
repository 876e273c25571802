import { osdsOf } from '../../osd/past-intervals.ts';
import { type ForcedWork, forcedOf, type PgRecord } from '../../osd/pg.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** @ceph src/osd/osd_types.h OSD_RECOVERY_PRIORITY_BASE and its like — from, and the highest that a pool's setting can lift it to */
const RECOVERY = [180, 219] as const;
const BACKFILL = [100, 139] as const;
const BACKFILL_DEGRADED = [140, 179] as const;
const BACKFILL_INACTIVE = [220, 253] as const;
const FORCED: Readonly<Record<ForcedWork, number>> = { backfill: 254, recovery: 255 };

/** What a pool's recovery_priority may be at least; it counts from there. */
const LEAST_OF_POOL = -10;
const MOST_OF_POOL = 10;

/**
 * How a PG ranks among those that want the same reservations: the higher goes first, and takes it from a lower one.
 *
 * @ceph src/osd/PeeringState.cc get_recovery_priority, get_backfill_priority — exact, but that recovery is not put higher where
 *   fewer than min_size of those who act have all
 */
export function recoveryPriority(record: PgRecord, pool: PgPool): number {
  const kind: ForcedWork = record.work.startsWith('backfill') ? 'backfill' : 'recovery';
  if (forcedOf(record).includes(kind)) return FORCED[kind];
  const [base, most] = kind === 'recovery' ? RECOVERY : backfillRange(record, pool);
  const lacking = kind === 'recovery' ? 0 : lackingMembers(record, pool);
  const setting = Number(pool.options.get('recovery_priority') ?? 0);
  const lift = Math.min(MOST_OF_POOL, Math.max(LEAST_OF_POOL, setting)) - LEAST_OF_POOL;
  return Math.min(most, base + lacking + lift);
}

function backfillRange({ interval }: PgRecord, { size, minSize }: PgPool): readonly [number, number] {
  const acting = osdsOf(interval.acting).length;
  if (acting < minSize) return BACKFILL_INACTIVE;
  return acting < size ? BACKFILL_DEGRADED : BACKFILL;
}

function lackingMembers({ interval }: PgRecord, { size, minSize }: PgPool): number {
  const acting = osdsOf(interval.acting).length;
  return Math.max(0, (acting < minSize ? minSize : size) - acting);
}

/**
 * Has a PG recovered or filled before others, or in its turn again.
 *
 * @ceph src/osd/PeeringState.cc set_force_recovery, set_force_backfill — exact
 */
export function forceWork(pgs: PlacementGroups, record: PgRecord, kind: ForcedWork, isForced: boolean): void {
  const others = forcedOf(record).filter((each) => each !== kind);
  const { forced: _, ...rest } = record;
  const forced = isForced ? [...others, kind] : others;
  pgs.put(forced.length === 0 ? rest : { ...rest, forced });
  pgs.startWork();
}
