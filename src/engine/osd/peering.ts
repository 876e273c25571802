import type { RecordStore } from '../base/records.ts';
import type { ObjectStore } from '../os/object-store.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { type ActingChoice, chooseActing, findBestInfo, type ShardInfo } from './choose-acting.ts';
import { authoritativeVersions, compareWithPg, missingOf, missingTable } from './missing.ts';
import { blockingOsds, osdsOf, sameOsds } from './past-intervals.ts';
import { compareVersions, headOf, lastUpdateOf, type PeerInfo, type PgRecord, setPgRecord } from './pg.ts';
import { pgLog, rewindLog } from './pg-log.ts';

/** What peering came to. */
export type PeeringOutcome =
  | { readonly kind: 'down'; readonly blockedBy: readonly number[] }
  | { readonly kind: 'incomplete' }
  /** Others are to act than the map says: a pg_temp is asked for; empty where the up set can act. */
  | { readonly kind: 'wants'; readonly acting: readonly number[] }
  | { readonly kind: 'agreed'; readonly best: ShardInfo; readonly choice: ActingChoice };

/**
 * What the OSDs of a PG's new interval agree on.
 *
 * @ceph src/osd/PeeringState.cc PriorSet, GetInfo, choose_acting — exact for replicated pools; answers come at once
 */
export function peer(record: PgRecord, map: OsdMap, pool: PgPool): PeeringOutcome {
  const infos = shardInfos(record, map);
  const blockedBy = blockingOsds(record.pastIntervals, record.startedEpoch, map, (up) => up.length > 0);
  if (blockedBy.length > 0) return { kind: 'down', blockedBy };
  const { up, acting, actingPrimary } = record.interval;
  const best = findBestInfo(infos, actingPrimary);
  if (best === null) return { kind: 'incomplete' };
  const choice = chooseActing(infos, best, record.logTail, pool.size, osdsOf(up), osdsOf(acting));
  if (!sameOsds(choice.acting, acting)) return { kind: 'wants', acting: choice.acting };
  return { kind: 'agreed', best, choice };
}

/**
 * Who is to act in place of those who do, now that the data is where it was to go; null where nobody else is.
 *
 * @ceph src/osd/PeeringState.cc Recovered::Recovered — exact: choose_acting among the up and the acting set
 */
export function betterActing(record: PgRecord, map: OsdMap, pool: PgPool): readonly number[] | null {
  const { up, acting, actingPrimary } = record.interval;
  if (sameOsds(up, acting)) return null;
  const infos = shardInfos(record, map).filter(({ osd }) => up.includes(osd) || acting.includes(osd));
  const best = findBestInfo(infos, actingPrimary);
  if (best === null) return null;
  const choice = chooseActing(infos, best, record.logTail, pool.size, osdsOf(up), osdsOf(acting));
  return sameOsds(choice.acting, acting) ? null : choice.acting;
}

function shardInfos(record: PgRecord, map: OsdMap): ShardInfo[] {
  return [...record.peers]
    .filter(([osd]) => map.osds[osd]?.up === true)
    .map(([osd, info]) => ({
      osd,
      lastUpdate: lastUpdateOf(record, info),
      complete: info.lastBackfill === null,
      startedEpoch: info.startedEpoch,
    }));
}

/**
 * Starts a PG after peering: the history of the best log is the PG's from now on, what each acting OSD lacks is known,
 * and who is to be filled starts with nothing.
 *
 * @ceph src/osd/PeeringState.cc activate — exact for replicated pools
 */
export function activate(
  records: RecordStore,
  record: PgRecord,
  pool: PgPool,
  { best, choice }: Extract<PeeringOutcome, { kind: 'agreed' }>,
  epoch: number,
  storeOf: (osd: number) => ObjectStore,
): PgRecord {
  const { seed } = record;
  const pgid = pgIdText(pool.id, seed);
  if (compareVersions(best.lastUpdate, headOf(record)) < 0) rewindLog(pgLog(records, pgid), best.lastUpdate);
  const table = missingTable(records, pgid);
  const versions = authoritativeVersions(storeOf(best.osd), table.values(), pool.id, seed);
  for (const osd of choice.acting) compareWithPg(table, storeOf(osd), versions, pool.id, seed);
  const peers = new Map(record.peers);
  for (const osd of choice.acting) peers.set(osd, { lastUpdate: null, lastBackfill: null, startedEpoch: epoch });
  for (const osd of choice.backfill) peers.set(osd, { lastUpdate: null, lastBackfill: '', startedEpoch: epoch });
  const started: PgRecord = {
    ...record,
    version: best.lastUpdate.version,
    epoch: best.lastUpdate.epoch,
    phase: choice.acting.length >= pool.minSize ? 'active' : 'peered',
    peers: frozenStrays(record, peers, choice),
    backfill: choice.backfill,
    startedEpoch: epoch,
    blockedBy: [],
    work: workOf(missingOf(table, choice.acting).length, choice.backfill),
  };
  setPgRecord(records, started);
  return started;
}

/** OSDs that neither act nor are filled keep what they had. */
function frozenStrays(
  record: PgRecord,
  peers: ReadonlyMap<number, PeerInfo>,
  { acting, backfill }: ActingChoice,
): ReadonlyMap<number, PeerInfo> {
  const follows = (osd: number) => acting.includes(osd) || backfill.includes(osd);
  return new Map([...peers].map(([osd, info]) => [osd, follows(osd) ? info : frozen(record, info)]));
}

/** What an OSD has of a PG, from now on without new writes. */
export function frozen(record: PgRecord, info: PeerInfo): PeerInfo {
  return info.lastUpdate === null ? { ...info, lastUpdate: headOf(record) } : info;
}

/** What is left to do for a PG that lacks so many copies of objects. */
export function workOf(missing: number, backfill: readonly number[]): PgRecord['work'] {
  if (missing > 0) return 'recovery_wait';
  return backfill.length > 0 ? 'backfill_wait' : 'none';
}
