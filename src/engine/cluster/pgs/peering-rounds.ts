import { type Task, waitUntil } from '../../base/task.ts';
import { configNumber } from '../../mon/config/value.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import type { RecoveryLimits } from '../../osd/async-recovery.ts';
import { osdsOf, sameOsds } from '../../osd/past-intervals.ts';
import { activate, betterActing, type PeeringOutcome, peer } from '../../osd/peering.ts';
import { isPeered, type PgRecord } from '../../osd/pg.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { allAnswer, silentOf } from '../osd-reach.ts';
import { notePgTimes } from './pg-times.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** Virtual time that OSDs take to exchange what they have of their PGs. */
const PEERING_US = 60_000;

/** What a round of peering asks of the monitor: who is to act for a PG, and OSDs that tell it that they are up. */
interface MapRequests {
  readonly temps: Map<string, readonly number[]>;
  readonly upThru: Set<number>;
}

type Agreed = Extract<PeeringOutcome, { kind: 'agreed' }>;

/**
 * Peers all PGs that a map took into a new interval, round by round until none is left. What PGs ask of the monitor in one
 * round goes into one map, as the monitor gathers such requests.
 */
export function* peerAll(pgs: PlacementGroups): Task<void> {
  const isLeft = () => pgs.records().some((record) => isPeering(pgs, record) || wantsOthers(pgs, record) !== null);
  for (;;) {
    while (isLeft()) {
      yield PEERING_US;
      peeringRound(pgs);
      pgs.startWork();
    }
    const waiting = pgs.records().find(mayPeer);
    if (waiting === undefined) return;
    yield* waitUntil(`osd.${silentPeers(pgs, waiting)[0]} does not answer`, isLeft);
  }
}

function mayPeer({ phase, stale }: PgRecord): boolean {
  return phase === 'peering' && !stale;
}

/** A PG asks all OSDs that the map has up, and waits for one that does not answer until the map has it down. */
function isPeering(pgs: PlacementGroups, record: PgRecord): boolean {
  return mayPeer(record) && silentPeers(pgs, record).length === 0;
}

function silentPeers({ engine, monitor }: PlacementGroups, { interval, peers }: PgRecord): number[] {
  if (allAnswer(engine.records)) return [];
  const asked = new Set([...osdsOf(interval.up), ...osdsOf(interval.acting), ...[...peers.keys()].map(osdOfShard)]);
  return silentOf(engine.records, monitor.map(), asked);
}

/** Who should act, once all data is where it was to go; null where that is who does. */
function wantsOthers(pgs: PlacementGroups, record: PgRecord): readonly number[] | null {
  const { work, stale, interval } = record;
  if (work !== 'none' || stale || !isPeered(record) || sameOsds(interval.up, interval.acting)) return null;
  const map = pgs.monitor.map();
  const pool = map.pools.get(record.pool);
  return pool === undefined ? null : betterActing(pgs.engine.records, record, map, pool, recoveryLimits(pgs));
}

function recoveryLimits({ engine }: PlacementGroups): RecoveryLimits {
  const setting = (name: string) => configNumber(engine.records, 'osd', name);
  return {
    asyncMinCost: setting('osd_async_recovery_min_cost'),
    forceAuthMissing: setting('osd_force_auth_primary_missing_objects'),
  };
}

function peeringRound(pgs: PlacementGroups): void {
  const map = pgs.monitor.map();
  const requests: MapRequests = { temps: new Map(), upThru: new Set() };
  const agreed: [PgRecord, Agreed][] = [];
  const limits = recoveryLimits(pgs);
  for (const record of pgs.records()) {
    const pool = map.pools.get(record.pool);
    if (pool === undefined) continue;
    const others = wantsOthers(pgs, record);
    if (others !== null) askTemp(record, others, requests);
    if (!isPeering(pgs, record)) continue;
    const outcome = peer(pgs.engine.records, record, map, pool, limits);
    if (outcome.kind === 'agreed') agreed.push([record, outcome]);
    else settleOutcome(pgs, record, outcome, requests);
    if (outcome.kind === 'agreed') askUpThru(record, map, requests);
  }
  publish(pgs, requests);
  for (const [record, outcome] of agreed) start(pgs, record, outcome);
}

function settleOutcome(
  pgs: PlacementGroups,
  record: PgRecord,
  outcome: Exclude<PeeringOutcome, Agreed>,
  requests: MapRequests,
): void {
  if (outcome.kind === 'down') pgs.put({ ...record, phase: 'down', blockedBy: outcome.blockedBy });
  else if (outcome.kind === 'incomplete') pgs.put({ ...record, phase: 'incomplete' });
  else askTemp(record, outcome.acting, requests);
}

/** The up set needs no pg_temp: asking for it removes the one that is there. */
function askTemp({ pool, seed, interval }: PgRecord, acting: readonly number[], { temps }: MapRequests): void {
  temps.set(pgIdText(pool, seed), sameOsds(acting, interval.up) ? [] : acting);
}

/** Before a PG goes active, the map says that its primary was up in this interval: so later ones know of possible writes. */
function askUpThru({ interval }: PgRecord, map: OsdMap, { upThru }: MapRequests): void {
  const primary = map.osds[interval.actingPrimary];
  if (primary !== undefined && primary.upThru < interval.since) upThru.add(interval.actingPrimary);
}

/** @ceph src/mon/OSDMonitor.cc prepare_pgtemp, prepare_alive — exact: an empty pg_temp removes one */
function publish(pgs: PlacementGroups, { temps, upThru }: MapRequests): void {
  const map = pgs.monitor.map();
  const changes = [...temps].filter(([pgid, acting]) => acting.length > 0 || map.pgTemp.has(pgid));
  if (changes.length === 0 && upThru.size === 0) return;
  pgs.monitor.publish((from) => {
    const pgTemp = changes.length === 0 ? from.pgTemp : new Map([...from.pgTemp, ...changes]);
    for (const [pgid, acting] of changes) if (acting.length === 0) (pgTemp as Map<string, unknown>).delete(pgid);
    const osds =
      upThru.size === 0 ? from.osds : from.osds.map((osd, id) => withUpThru(osd, upThru.has(id), from.epoch));
    return { ...from, pgTemp, osds };
  }, 'peering');
  pgs.sync();
}

function withUpThru(osd: OsdMap['osds'][number], isAsked: boolean, epoch: number): OsdMap['osds'][number] {
  return osd !== undefined && isAsked ? { ...osd, upThru: epoch } : osd;
}

function start(pgs: PlacementGroups, record: PgRecord, outcome: Agreed): void {
  const map = pgs.monitor.map();
  const pool = map.pools.get(record.pool);
  const now = pgs.record(record.pool, record.seed);
  if (pool === undefined || now === undefined || now.interval !== record.interval || !mayPeer(now)) return;
  const started = activate(pgs.engine.records, now, pool, outcome, map.epoch, (osd) => pgs.store(osd));
  notePgTimes(pgs.engine, now, started, pool);
}
