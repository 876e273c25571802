import type { Task } from '../../base/task.ts';
import { configNumber } from '../../mon/config/value.ts';
import type { ObjectStore } from '../../os/object-store.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import { osdsOf } from '../../osd/past-intervals.ts';
import { type PgRecord, pgTable } from '../../osd/pg.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import { backfillPg, type Recovered, type RecoveryAccess, recoverKeys, recoverPg } from '../../osd/recovery.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from './placement-groups.ts';
import { objectTime_us } from './recovery-pace.ts';
import { isTooFull, REFUSED, retryRefused } from './too-full.ts';

/** Virtual time of an object that a request waits for, besides that for its bytes. */
const AT_ONCE_US = 1_000;

/** Work that is under way, by the work that waits for its reservation. */
const GRANTED = { recovery_wait: 'recovering', backfill_wait: 'backfilling' } as const;

/**
 * Lets PGs work that have waited, as far as OSDs have reservations free: recovery before backfill, since it mends what
 * is degraded.
 * @ceph src/osd/PeeringState.cc WaitLocalRecoveryReserved, WaitRemoteBackfillReserved — the same slots, granted in order of priority and PG
 */
function grantReservations(pgs: PlacementGroups): void {
  const records = pgs.records();
  const most = configNumber(pgs.engine.records, 'osd', 'osd_max_backfills');
  const slots = new Slots(
    most,
    records.filter(({ work }) => work === 'recovering' || work === 'backfilling'),
  );
  for (const waiting of ['recovery_wait', 'backfill_wait'] as const) {
    for (const record of records) {
      if (record.work !== waiting || record.stale || !slots.isFree(record)) continue;
      const refused = isTooFull(pgs, record);
      if (!refused) slots.take(record);
      pgs.put({ ...record, work: refused ? REFUSED[waiting] : GRANTED[waiting] });
    }
  }
  retryRefused(pgs);
}

/**
 * The flag that holds a PG's work back once it has its reservation; null where none does. `norebalance` holds back what only
 * moves data, not what makes missing copies.
 *
 * @ceph src/osd/OSD.cc activate_map norecover; src/osd/PrimaryLogPG.cc start_recovery_ops — exact
 */
function holdingFlag({ flags }: OsdMap, record: PgRecord, pool: PgPool): string | null {
  if (flags.includes('norecover')) return 'norecover';
  if (record.work !== 'backfilling') return null;
  if (flags.includes('nobackfill')) return 'nobackfill';
  const isWhole = osdsOf(record.interval.acting).length >= pool.size;
  return flags.includes('norebalance') && isWhole ? 'norebalance' : null;
}

/** Reservations that OSDs have given: one kind for PGs that they lead, one for PGs that they help. */
class Slots {
  readonly #most: number;
  readonly #local = new Map<number, number>();
  readonly #remote = new Map<number, number>();

  /** `most`: PGs that an OSD recovers or backfills at a time, of each kind. */
  constructor(most: number, busy: readonly PgRecord[]) {
    this.#most = most;
    for (const record of busy) this.take(record);
  }

  isFree(record: PgRecord): boolean {
    const [primary, others] = partsOf(record);
    const isFree = (slots: ReadonlyMap<number, number>, osd: number) => (slots.get(osd) ?? 0) < this.#most;
    return isFree(this.#local, primary) && others.every((osd) => isFree(this.#remote, osd));
  }

  take(record: PgRecord): void {
    const [primary, others] = partsOf(record);
    this.#local.set(primary, (this.#local.get(primary) ?? 0) + 1);
    for (const osd of others) this.#remote.set(osd, (this.#remote.get(osd) ?? 0) + 1);
  }
}

function partsOf({ interval, backfill, asyncRecovery, work }: PgRecord): [primary: number, others: readonly number[]] {
  const { acting, actingPrimary } = interval;
  const recovers = [...osdsOf(acting), ...(asyncRecovery ?? []).map(osdOfShard)];
  const fills = work.startsWith('backfill') ? backfill.map(osdOfShard) : recovers;
  return [actingPrimary, fills.filter((osd) => osd !== actingPrimary)];
}

/** Grants reservations, and starts the work that PGs have them for. */
export function startRecovery(pgs: PlacementGroups): void {
  grantReservations(pgs);
  for (const record of [...pgTable(pgs.engine.records).values()]) workOn(pgs, record);
}

/** None is started twice. */
function workOn(pgs: PlacementGroups, record: PgRecord): void {
  const { pool, seed, work, interval } = record;
  if (record.stale || (work !== 'recovering' && work !== 'backfilling')) return;
  pgs.engine.spawn(`${work}/${pgIdText(pool, seed)}/${interval.since}`, runWork(pgs, record));
}

function* runWork(pgs: PlacementGroups, first: PgRecord): Task<void> {
  const { pool, seed, work, interval } = first;
  const view = (): PgView | null => {
    const pg = pgs.view(pool, seed);
    return pg !== null && pg.since === interval.since && pg.work === work ? pg : null;
  };
  const access: RecoveryAccess = {
    view,
    upStores: () => upStores(pgs, pool, seed),
    heldBack: () => heldBack(pgs, pool, seed),
    object_us: () => objectTime_us(pgs, pgs.record(pool, seed) ?? first),
  };
  const run = work === 'recovering' ? recoverPg : backfillPg;
  const done = yield* run(pgs.engine, access);
  const record = pgs.record(pool, seed);
  if (done === null || record === undefined || view() === null) return;
  pgs.put(finished(record, done));
  const { objects, bytes } = done;
  pgs.engine.emit({ type: 'osd/pg-recovered', pgid: pgIdText(pool, seed), objects, bytes });
  pgs.startWork();
}

function finished(record: PgRecord, { unfound }: Recovered): PgRecord {
  if (unfound > 0) return { ...record, work: 'unfound' };
  if (record.work === 'recovering' && record.backfill.length > 0) return { ...record, work: 'backfill_wait' };
  const peers = new Map(record.peers);
  for (const osd of record.backfill) {
    const info = peers.get(osd);
    if (info !== undefined) peers.set(osd, { ...info, lastBackfill: null });
  }
  // Those that were filled get every write until the next interval, in which they act.
  return { ...record, work: 'none', peers };
}

/** For a request that needs objects at once: nothing holds that back. */
export function recoverAtOnce(
  pgs: PlacementGroups,
  pool: number,
  seed: number,
  isOf: (key: string) => boolean,
): Task<void> {
  const access = {
    view: () => pgs.view(pool, seed),
    upStores: () => upStores(pgs, pool, seed),
    heldBack: () => null,
    object_us: () => AT_ONCE_US,
  };
  return recoverKeys(pgs.engine, access, isOf);
}

function heldBack(pgs: PlacementGroups, poolId: number, seed: number): string | null {
  const map = pgs.monitor.map();
  const [record, pool] = [pgs.record(poolId, seed), map.pools.get(poolId)];
  if (record === undefined || pool === undefined) return null;
  const flag = holdingFlag(map, record, pool);
  if (flag !== null) return `${flag} holds back PG ${pgIdText(poolId, seed)}`;
  const silent = pgs.view(poolId, seed)?.silent ?? [];
  return silent.length === 0 ? null : `osd.${silent[0]} does not answer`;
}

function upStores(pgs: PlacementGroups, pool: number, seed: number): ObjectStore[] {
  const record = pgs.record(pool, seed);
  return record === undefined ? [] : pgs.upStores(record);
}
