import type { Task } from '../../base/task.ts';
import { configNumber } from '../../mon/config/value.ts';
import { fullnessOf, fullnessOfOsd } from '../../mon/full-state.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import { asyncOf, type PgRecord } from '../../osd/pg.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { storedBytes } from '../stats/cluster-stats.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** What becomes of work that waits for its reservation where an OSD is too full for it. */
export const REFUSED = { recovery_wait: 'recovery_toofull', backfill_wait: 'backfill_toofull' } as const;

const ASKED_AGAIN = { recovery_toofull: 'recovery_wait', backfill_toofull: 'backfill_wait' } as const;
type Refused = keyof typeof ASKED_AGAIN;

function isBackfillfull(map: OsdMap, usedRatio: number): boolean {
  const fullness = fullnessOf(map, usedRatio);
  return fullness === 'backfillfull' || fullness === 'full';
}

/**
 * True where an OSD is too full for the work that a PG waits for: full at all, or, to be filled, fuller than
 * backfillfull_ratio once it had all of the PG.
 *
 * @ceph src/osd/PeeringState.cc WaitLocalRecoveryReserved; src/osd/PG.cc try_reserve_recovery_space — exact; what fills up
 *   while it is being filled goes on
 */
export function isTooFull(pgs: PlacementGroups, record: PgRecord): boolean {
  const { interval, backfill, work } = record;
  if (!work.startsWith('backfill')) {
    const { osds } = pgs.monitor.map();
    return [...interval.acting, ...[...backfill, ...asyncOf(record)].map(osdOfShard)].some((id) => {
      const osd = osds[id];
      return osd !== undefined && fullnessOfOsd(osd) === 'full';
    });
  }
  const bytes = bytesOn(pgs, record, pgs.countedOn(record));
  const overfills = (id: number) => {
    const more = Math.max(0, bytes - bytesOn(pgs, record, id));
    return isBackfillfull(pgs.monitor.map(), pgs.room.usedRatio(osdOfShard(id), more));
  };
  return backfill.some(overfills);
}

function bytesOn(pgs: PlacementGroups, { pool, seed }: PgRecord, id: number): number {
  let bytes = 0;
  for (const onode of pgs.store(id).collection(pool, seed).values()) bytes += storedBytes(onode);
  return bytes;
}

/**
 * Has PGs that were refused ask again: half a minute after there is room as far as the map says, and each half minute.
 *
 * @ceph src/osd/PeeringState.cc schedule_backfill_retry, schedule_recovery_retry — exact, but that the half minute begins with
 *   the map that makes room
 */
export function retryRefused(pgs: PlacementGroups): void {
  const map = pgs.monitor.map();
  const isNew = pgs.roomSeen !== map;
  for (const record of pgs.records()) {
    if (!isRefused(record)) continue;
    const { engine } = pgs;
    const name = `${record.work}/${pgIdText(record.pool, record.seed)}/${record.interval.since}`;
    if (isNew && !isTooFull(pgs, record)) engine.spawn(name, askOnce(pgs, record));
    engine.spawnTimer(`${name}/timer`, askEachTime(pgs, record));
  }
  pgs.roomSeen = map;
}

function isRefused(record: PgRecord): record is RefusedPg {
  return !record.stale && record.work in ASKED_AGAIN;
}

type RefusedPg = PgRecord & { work: Refused };

/** Asks once. True where the PG may go on, or does something else by then. */
function* askAgain(pgs: PlacementGroups, { pool, seed, work, interval }: RefusedPg): Task<boolean> {
  const option = work === 'backfill_toofull' ? 'osd_backfill_retry_interval' : 'osd_recovery_retry_interval';
  yield configNumber(pgs.engine.records, 'osd', option) * 1e6;
  const record = pgs.record(pool, seed);
  if (record?.work !== work || record.interval.since !== interval.since) return true;
  if (isTooFull(pgs, record)) return false;
  pgs.put({ ...record, work: ASKED_AGAIN[work] });
  pgs.startWork();
  return true;
}

function* askOnce(pgs: PlacementGroups, record: RefusedPg): Task<void> {
  yield* askAgain(pgs, record);
}

function* askEachTime(pgs: PlacementGroups, record: RefusedPg): Task<void> {
  while (!(yield* askAgain(pgs, record)));
}
