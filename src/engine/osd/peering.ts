import { must } from '../base/assert.ts';
import type { RecordStore } from '../base/records.ts';
import type { ObjectStore } from '../os/object-store.ts';
import { NO_EVERSION } from '../os/onode.ts';
import { osdOfShard, shardOf } from '../os/shard-id.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { mergeRole } from '../osdmap/pg-merge.ts';
import { type RecoveryLimits, withAsyncRecovery, withAsyncShards } from './async-recovery.ts';
import { type ActingChoice, chooseActing, findBestInfo, type ShardInfo } from './choose-acting.ts';
import { chooseEcActing } from './choose-ec-acting.ts';
import { isRecoverable } from './erasure/recoverable.ts';
import { stripeCodeOf } from './erasure/stripe-code.ts';
import {
  authoritativeVersions,
  compareWithPg,
  type MissingRow,
  missingCounts,
  missingOf,
  missingTable,
} from './missing.ts';
import { blockingOsds, membersOf, osdsOf, sameOsds } from './past-intervals.ts';
import { compareVersions, headOf, lastUpdateOf, type PeerInfo, type PgRecord, setPgRecord } from './pg.ts';
import { logSize, pgLog, rewindLog } from './pg-log.ts';

/** What peering came to. */
export type PeeringOutcome =
  | { readonly kind: 'down'; readonly blockedBy: readonly number[] }
  | { readonly kind: 'incomplete' }
  /** Others are to act than the map says: a pg_temp is asked for. */
  | { readonly kind: 'wants'; readonly acting: readonly number[] }
  | { readonly kind: 'agreed'; readonly best: ShardInfo; readonly choice: ActingChoice };

/**
 * What the OSDs of a PG's new interval agree on.
 *
 * @ceph src/osd/PeeringState.cc PriorSet, GetInfo, choose_acting — exact, but that answers come at once
 */
export function peer(
  records: RecordStore,
  record: PgRecord,
  map: OsdMap,
  pool: PgPool,
  limits: RecoveryLimits,
): PeeringOutcome {
  const infos = shardInfos(records, record, map);
  const suffice = enough(map, pool);
  const blockedBy = blockingOsds(record.pastIntervals, record.startedEpoch, map, suffice);
  if (blockedBy.length > 0) return { kind: 'down', blockedBy };
  const { acting, actingPrimary } = record.interval;
  const best = findBestInfo(infos, actingPrimary, pool.type);
  if (best === null) return { kind: 'incomplete' };
  const known = withNewcomers(infos, record, pool);
  const all = chooseAll(record, known, best, pool, limits);
  if (pool.type === 'erasure' && !suffice(all.members.map(shardOf))) return { kind: 'incomplete' };
  const choice = leaveOut(all, record, known, best, pool, limits, suffice);
  if (!sameOsds(choice.acting, acting)) return { kind: 'wants', acting: choice.acting };
  return { kind: 'agreed', best, choice };
}

/** Whether these shards suffice to read; in a replicated pool any copy does. */
function enough(map: OsdMap, pool: PgPool): (shards: readonly number[]) => boolean {
  const code = stripeCodeOf(map, pool);
  return (shards) => (code === null ? shards.length > 0 : isRecoverable(code, shards));
}

/** Everybody who could act. */
function chooseAll(
  record: PgRecord,
  infos: readonly ShardInfo[],
  best: ShardInfo,
  pool: PgPool,
  { forceAuthMissing }: RecoveryLimits,
): ActingChoice {
  const { up, acting } = record.interval;
  if (pool.type === 'erasure') return chooseEcActing(infos, record.logTail, pool.size, up, acting);
  return chooseActing(infos, best, record.logTail, pool.size, osdsOf(up), osdsOf(acting), forceAuthMissing);
}

/** Those without who is far behind. */
function leaveOut(
  all: ActingChoice,
  record: PgRecord,
  infos: readonly ShardInfo[],
  best: ShardInfo,
  pool: PgPool,
  limits: RecoveryLimits,
  suffice: (shards: readonly number[]) => boolean,
): ActingChoice {
  const { up } = record.interval;
  if (pool.type === 'erasure') return withAsyncShards(all, infos, best, pool, up, limits, suffice);
  return withAsyncRecovery(all, infos, best, pool, up, limits);
}

/**
 * Who is to act in place of those who do, now that the data is where it was to go; null where nobody else is.
 *
 * @ceph src/osd/PeeringState.cc Recovered::Recovered — exact: choose_acting among the up and the acting set
 */
export function betterActing(
  records: RecordStore,
  record: PgRecord,
  map: OsdMap,
  pool: PgPool,
  limits: RecoveryLimits,
): readonly number[] | null {
  const { up, acting, actingPrimary } = record.interval;
  if (sameOsds(up, acting)) return null;
  const members = new Set([...membersOf(up, pool), ...membersOf(acting, pool)]);
  const infos = shardInfos(records, record, map).filter(({ id }) => members.has(id));
  const best = findBestInfo(infos, actingPrimary, pool.type);
  if (best === null) return null;
  const known = withNewcomers(infos, record, pool);
  const all = chooseAll(record, known, best, pool, limits);
  const choice = leaveOut(all, record, known, best, pool, limits, enough(map, pool));
  return sameOsds(choice.acting, acting) ? null : choice.acting;
}

/** In order of the OSDs. */
function shardInfos(records: RecordStore, record: PgRecord, map: OsdMap): ShardInfo[] {
  const missing = missingCounts(missingTable(records, pgIdText(record.pool, record.seed)));
  const infos: ShardInfo[] = [];
  record.peers.forEach((info, id) => {
    if (map.osds[osdOfShard(id)]?.up !== true) return;
    infos.push({
      missing: missing.get(id) ?? 0,
      id,
      lastUpdate: lastUpdateOf(record, info),
      complete: info.lastBackfill === null,
      startedEpoch: info.startedEpoch,
    });
  });
  return infos.length > FEW ? infos.sort(byOsd) : sortFew(infos);
}

/** So many are in order sooner by themselves than by what sorts many. */
const FEW = 8;

function sortFew(infos: ShardInfo[]): ShardInfo[] {
  for (let end = 1; end < infos.length; end++) {
    for (let at = end; at > 0; at--) {
      const [before, info] = [must(infos[at - 1], 'info'), must(infos[at], 'info')];
      if (byOsd(before, info) <= 0) break;
      infos[at - 1] = info;
      infos[at] = before;
    }
  }
  return infos;
}

function byOsd({ id: a }: ShardInfo, { id: b }: ShardInfo): number {
  return osdOfShard(a) - osdOfShard(b) || shardOf(a) - shardOf(b);
}

/**
 * OSDs that are to hold a PG and have nothing of it: as long as its log still reaches back to its first write, they are
 * brought up to date by the log like any other.
 *
 * @ceph src/osd/PeeringState.cc calc_replicated_acting, calc_ec_acting — exact: an empty `pg_info_t` is complete as of 0'0
 */
function withNewcomers(infos: readonly ShardInfo[], record: PgRecord, pool: PgPool): readonly ShardInfo[] {
  const { up, acting } = record.interval;
  const members = sameOsds(up, acting) ? membersOf(up, pool) : [...membersOf(up, pool), ...membersOf(acting, pool)];
  if (members.every((id) => record.peers.has(id))) return infos;
  const ids = new Set(members.filter((id) => !record.peers.has(id)));
  const empty = { lastUpdate: NO_EVERSION, complete: true, startedEpoch: 0, missing: 0 };
  return [...infos, ...[...ids].map((id) => ({ id, ...empty }))];
}

/**
 * Starts a PG after peering: the history of the best log is the PG's from now on, what each acting OSD lacks is known,
 * and who is to be filled starts with nothing.
 *
 * @ceph src/osd/PeeringState.cc activate — exact; in erasure pools nothing has to be rolled back, since a write reaches all
 *   shards of the acting set or none
 */
export function activate(
  records: RecordStore,
  record: PgRecord,
  pool: PgPool,
  { best, choice }: Extract<PeeringOutcome, { kind: 'agreed' }>,
  epoch: number,
  storeOf: (id: number) => ObjectStore,
): PgRecord {
  const { seed } = record;
  const pgid = pgIdText(pool.id, seed);
  const isRewound = compareVersions(best.lastUpdate, headOf(record)) < 0;
  if (isRewound) rewindLog(pgLog(records, pgid), best.lastUpdate);
  const table = missingTable(records, pgid);
  const versions = authoritativeVersions(
    storeOf(best.id),
    table.size === 0 ? NO_ROWS : [...table.values()],
    pool.id,
    seed,
  );
  const { members, asyncRecovery } = choice;
  const recovering = asyncRecovery.length === 0 ? members : [...members, ...asyncRecovery];
  for (const id of recovering) compareWithPg(table, storeOf(id), versions, pool.id, seed);
  // What cannot be written to has not started: what came before still counts.
  const isWriteable = members.length >= pool.minSize;
  const started: PgRecord = {
    ...(isRewound ? { ...record, logSize: logSize(pgLog(records, pgid)) } : record),
    version: best.lastUpdate.version,
    epoch: best.lastUpdate.epoch,
    phase: isWriteable && mergeRole(pool, seed) === null ? 'active' : 'peered',
    peers: startedPeers(record, choice, isWriteable ? epoch : best.startedEpoch, epoch),
    backfill: choice.backfill,
    startedEpoch: isWriteable ? epoch : record.startedEpoch,
    blockedBy: NOBODY,
    work: workOf(missingOf(table, recovering).length, choice.backfill),
  };
  const known = asyncRecovery.length === 0 ? started : { ...started, asyncRecovery };
  setPgRecord(records, known);
  return known;
}

const NO_ROWS: readonly MissingRow[] = [];
const NOBODY: readonly number[] = [];

/** OSDs that neither act nor are filled keep what they had. */
function startedPeers(
  record: PgRecord,
  { members, asyncRecovery, backfill }: ActingChoice,
  startedEpoch: number,
  epoch: number,
): ReadonlyMap<number, PeerInfo> {
  const peers = allFrozen(record);
  const whole = { lastUpdate: null, lastBackfill: null, startedEpoch };
  for (const id of members) peers.set(id, whole);
  for (const id of asyncRecovery) {
    // It has not started: as long as it does not act, what others have started with counts.
    peers.set(id, { lastUpdate: null, lastBackfill: null, startedEpoch: peers.get(id)?.startedEpoch ?? 0 });
  }
  for (const id of backfill) peers.set(id, { lastUpdate: null, lastBackfill: '', startedEpoch: epoch });
  return peers;
}

/** What each OSD has had of a PG up to now, when others may write to it. */
function allFrozen(record: PgRecord): Map<number, PeerInfo> {
  const peers = new Map<number, PeerInfo>();
  let before: PeerInfo | null = null;
  let after: PeerInfo | null = null;
  record.peers.forEach((info, id) => {
    // Most have the same, and the same record of it.
    if (info !== before || after === null) after = frozen(record, info);
    before = info;
    peers.set(id, after);
  });
  return peers;
}

function frozen(record: PgRecord, info: PeerInfo): PeerInfo {
  return info.lastUpdate === null ? { ...info, lastUpdate: headOf(record) } : info;
}

/** What is left to do for a PG that lacks so many copies of objects. */
export function workOf(missing: number, backfill: readonly number[]): PgRecord['work'] {
  if (missing > 0) return 'recovery_wait';
  return backfill.length > 0 ? 'backfill_wait' : 'none';
}
