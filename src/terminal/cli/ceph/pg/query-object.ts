import type { Cluster } from '../../../../engine/cluster/cluster.ts';
import { type PgPeer, pgPeers } from '../../../../engine/cluster/pgs/pg-peers.ts';
import { mightHaveUnfound } from '../../../../engine/cluster/pgs/unfound.ts';
import type { PgStat } from '../../../../engine/mon/pg-stat.ts';
import { isoText } from '../../format/dates.ts';
import type { PlainObject } from '../../format/tree.ts';
import type { CephCall } from '../ceph-command.ts';
import { scrubTimes } from './scrub-times.ts';
import { pgStatObject, versionText } from './stat-object.ts';

type Record = NonNullable<ReturnType<CephCall['cluster']['pgs']['record']>>;

/** All that a PG's primary knows of it. @ceph src/osd/PrimaryLogPG.cc do_command "query", src/osd/PeeringState.cc — names and order; of recovery what is under way */
export function queryObject(call: CephCall, pg: PgStat, record: Record): PlainObject {
  const pool = call.map.pools.get(pg.pool);
  const peers = pool === undefined ? [] : pgPeers(record, pool);
  const own = peers.find(({ osd, acting }) => acting && osd === pg.actingPrimary);
  const filled = peers.filter((each) => each.filled).map(peerText);
  return {
    snap_trimq: '[]',
    snap_trimq_len: 0,
    state: pg.state,
    epoch: call.map.epoch,
    up: pg.up,
    acting: pg.acting,
    backfill_targets: filled.length === 0 ? undefined : filled,
    acting_recovery_backfill: peers.filter((each) => each.acting || each.filled).map(peerText),
    info: infoObject(call, pg, record, own),
    peer_info: peers
      .filter((each) => each !== own)
      .map((each) => ({ peer: peerText(each), ...infoObject(call, pg, record, each) })),
    recovery_state: recoveryState(call, pg, record, filled),
    scrubber: scrubber(call, pg),
    agent_state: {},
  };
}

/** `3`, or with its shard `3(1)`. */
function peerText({ osd, shard }: PgPeer): string {
  return shard < 0 ? String(osd) : `${osd}(${shard})`;
}

/** What an OSD that does not run has on disk of a PG: `pg_info_t`. */
export function storedPgInfo(cluster: Cluster, pg: PgStat, record: Record, osd: number, shard: number): PlainObject {
  const map = cluster.monitor.map();
  const pool = map.pools.get(pg.pool);
  const peers = pool === undefined ? [] : pgPeers(record, pool);
  return infoObject(
    { cluster, map },
    pg,
    record,
    peers.find((peer) => peer.osd === osd && peer.shard === shard),
  );
}

type Where = Pick<CephCall, 'cluster' | 'map'>;

function infoObject(call: Where, pg: PgStat, record: Record, peer: PgPeer | undefined): PlainObject {
  const last = versionText(peer?.lastUpdate ?? { epoch: record.epoch, version: record.version });
  return {
    pgid: (peer?.shard ?? -1) < 0 ? pg.pgid : `${pg.pgid}s${peer?.shard}`,
    shard: (peer?.shard ?? -1) < 0 ? '255' : String(peer?.shard),
    last_update: last,
    last_complete: last,
    log_tail: versionText(record.logTail),
    last_user_version: record.version,
    last_backfill: peer?.lastBackfill === null || peer === undefined ? 'MAX' : peer.lastBackfill,
    partial_writes_last_complete: [],
    partial_writes_last_complete_epoch: '0',
    purged_snaps: [],
    history: history(call, pg, record),
    stats: { ...pgStatObject(call, pg), pgid: undefined },
    empty: record.version === 0 ? 1 : 0,
    dne: 0,
    incomplete: peer === undefined || peer.lastBackfill === null ? 0 : 1,
    last_epoch_started: record.startedEpoch,
    hit_set_history: { current_last_update: "0'0", history: [] },
  };
}

function history(call: Where, pg: PgStat, record: Record): PlainObject {
  const scrub = scrubTimes(call, pg);
  const { since } = record.interval;
  return {
    epoch_created: 0,
    epoch_pool_created: 0,
    last_epoch_started: record.startedEpoch,
    last_interval_started: since,
    last_epoch_clean: record.cleanEpoch,
    last_interval_clean: since,
    last_epoch_split: 0,
    last_epoch_marked_full: 0,
    same_up_since: since,
    same_interval_since: since,
    same_primary_since: since,
    last_scrub: scrub.last,
    last_scrub_stamp: scrub.stamp,
    last_deep_scrub: scrub.lastDeep,
    last_deep_scrub_stamp: scrub.deepStamp,
    last_clean_scrub_stamp: scrub.cleanStamp,
    prior_readable_until_ub: 0,
  };
}

/** OSDs that may have what is unfound. */
export function mightHaveObjects(call: Where, record: Record): PlainObject[] {
  return mightHaveUnfound(call.cluster.pgs, record).map(({ osd, isUp }) => ({
    osd: String(osd),
    status: isUp ? 'already probed' : 'osd is down',
  }));
}

/** Where the state machine stands, from the inside out. */
function recoveryState(call: CephCall, pg: PgStat, record: Record, filled: readonly string[]): PlainObject[] {
  const enter_time = isoText(pg.times?.changed_us ?? record.created_us);
  const started = { name: 'Started', enter_time };
  if (record.phase === 'active' || record.phase === 'peered')
    return [
      {
        name: 'Started/Primary/Active',
        enter_time,
        might_have_unfound: (pg.unfound ?? 0) > 0 ? mightHaveObjects(call, record) : [],
        recovery_progress: progress(filled),
      },
      started,
    ];
  const detail = record.phase === 'down' ? '/Down' : record.phase === 'incomplete' ? '/Incomplete' : '/GetInfo';
  const past = record.pastIntervals.map(({ first, last, acting, actingPrimary, maybeWentRw }) => ({
    first: String(first),
    last: String(last),
    maybe_went_rw: maybeWentRw ? 1 : 0,
    acting: acting.join(','),
    primary: actingPrimary,
  }));
  const blocked = record.blockedBy.length === 0 ? undefined : 'peering is blocked due to down osds';
  return [
    { name: `Started/Primary/Peering${detail}`, enter_time },
    {
      name: 'Started/Primary/Peering',
      enter_time,
      past_intervals: past,
      blocked,
      down_osds_we_would_probe: record.blockedBy,
      peering_blocked_by: record.blockedBy.map((osd) => ({
        osd,
        current_lost_at: 0,
        comment: 'starting or marking this osd lost may let us proceed',
      })),
    },
    started,
  ];
}

function progress(filled: readonly string[]): PlainObject {
  return {
    backfill_targets: filled,
    waiting_on_backfill: [],
    last_backfill_started: 'MIN',
    backfill_info: { begin: 'MIN', end: 'MIN', objects: [] },
    peer_backfill_info: [],
    backfills_in_flight: [],
    recovering: [],
    pg_backend: { pull_from_peer: [], pushing: [] },
  };
}

function scrubber(call: CephCall, pg: PgStat): PlainObject {
  const { schedule } = scrubTimes(call, pg);
  const at = schedule.startsWith('periodic') ? schedule.replace(/^.* @ /, '') : isoText(call.cluster.now_us());
  const short = at.replace(/\d{3}\+0000$/, '');
  const isAsked = pg.scrub?.doing !== undefined;
  if (schedule === 'no scrub is scheduled') return unscheduled();
  return {
    active: pg.scrub?.doing === 'scrubbing',
    must_scrub: isAsked,
    must_deep_scrub: isAsked && pg.scrub?.isDeep === true,
    must_repair: pg.state.split('+').includes('repair'),
    scrub_reg_stamp: at,
    schedule: schedule.startsWith('periodic') ? `scrub scheduled @ ${short} (${short})` : schedule,
  };
}

function unscheduled(): PlainObject {
  return {
    active: false,
    must_scrub: false,
    must_deep_scrub: false,
    must_repair: false,
    scrub_reg_stamp: '2106-02-07T06:28:15.999999+0000',
    schedule: 'not registered for scrubbing',
  };
}
