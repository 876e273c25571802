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
import { recoveryPriority } from './recovery-priority.ts';
import { isTooFull, REFUSED, retryRefused } from './too-full.ts';

/** Virtual time of an object that a request waits for, besides that for its bytes. */
const AT_ONCE_US = 1_000;

/** Work that is under way, by the work that waits for its reservation. */
const GRANTED = { recovery_wait: 'recovering', backfill_wait: 'backfilling' } as const;

/** The other way round: work whose reservation another PG takes. */
const PREEMPTED = { recovering: 'recovery_wait', backfilling: 'backfill_wait' } as const;

/**
 * Lets PGs work that have waited, as far as OSDs have reservations for them: those of higher priority before others, also
 * before such as work already.
 *
 * @ceph src/common/AsyncReserver.h do_queues; src/osd/PeeringState.cc WaitLocalRecoveryReserved, WaitRemoteBackfillReserved — the
 *   same slots, granted in order of priority and PG
 */
function grantReservations(pgs: PlacementGroups): void {
  const slots = new Slots(configNumber(pgs.engine.records, 'osd', 'osd_max_backfills'));
  for (const { busy, waiting } of inOrder(pgs)) {
    for (const record of busy) {
      if (slots.isFree(record)) slots.take(record);
      else pgs.put({ ...record, work: PREEMPTED[record.work] });
    }
    for (const record of waiting) {
      if (!slots.isFree(record)) continue;
      const refused = isTooFull(pgs, record);
      if (!refused) slots.take(record);
      pgs.put({ ...record, work: refused ? REFUSED[record.work] : GRANTED[record.work] });
    }
  }
  retryRefused(pgs);
}

type BusyPg = PgRecord & { work: keyof typeof PREEMPTED };
type WaitingPg = PgRecord & { work: keyof typeof GRANTED };

/** PGs of one priority. */
interface Rank {
  readonly busy: BusyPg[];
  readonly waiting: WaitingPg[];
}

/** PGs that work or wait, by priority, the highest first. */
function inOrder(pgs: PlacementGroups): Rank[] {
  const { pools } = pgs.monitor.map();
  const ranks = new Map<number, Rank>();
  for (const record of pgs.records()) {
    const pool = pools.get(record.pool);
    if (pool === undefined || record.stale || !(isBusy(record) || isWaiting(record))) continue;
    const priority = recoveryPriority(record, pool);
    const rank = ranks.get(priority) ?? { busy: [], waiting: [] };
    ranks.set(priority, rank);
    if (isBusy(record)) rank.busy.push(record);
    else if (isWaiting(record)) rank.waiting.push(record);
  }
  return [...ranks].sort(([a], [b]) => b - a).map(([, rank]) => rank);
}

function isBusy(record: PgRecord): record is BusyPg {
  return record.work in PREEMPTED;
}

function isWaiting(record: PgRecord): record is WaitingPg {
  return record.work in GRANTED;
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
  constructor(most: number) {
    this.#most = most;
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
  if (unfound > 0) return { ...record, work: record.work === 'backfilling' ? 'backfill_unfound' : 'unfound' };
  const { forced, ...rest } = record;
  const still = (forced ?? []).filter((kind) => kind === 'backfill');
  if (record.work === 'recovering' && record.backfill.length > 0)
    return { ...rest, ...(still.length > 0 ? { forced: still } : {}), work: 'backfill_wait' };
  const peers = new Map(record.peers);
  for (const osd of record.backfill) {
    const info = peers.get(osd);
    if (info !== undefined) peers.set(osd, { ...info, lastBackfill: null });
  }
  // Those that were filled get every write until the next interval, in which they act.
  return { ...rest, work: 'none', peers };
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
