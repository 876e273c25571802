import { managerState } from '../../../engine/mon/manager-state.ts';
import { objectsText, unfoundObjects } from '../../../engine/mon/objects-text.ts';
import { QUIET_FLAGS } from '../../../engine/mon/osd-flags.ts';
import { type ClusterStats, pgStates } from '../../../engine/mon/stats.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { ageText, isoText } from '../format/dates.ts';
import { eraText } from '../format/era-text.ts';
import { fixedText } from '../format/fixed-text.ts';
import { byteText, countText } from '../format/size-text.ts';
import { itemsNamed, nodeOf, type PlainObject } from '../format/tree.ts';
import { type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { currentHealth, healthObject, mutedText, openChecks } from './health.ts';
import { clientIoObject, clientIoText, hasClientIo, rateOfAll, recoveryRateObject, recoveryText } from './io-rates.ts';
import { statusEvents } from './progress.ts';
import { recoverySummary } from './recovery-summary.ts';

export const status = cephCommand({
  words: 'status',
  summary: 'the cluster at a glance',
  description: 'Health, daemons, pools, objects, room and the states of placement groups. Also `ceph -s`.',
  answer: run,
});

function run(call: CephCall): CephAnswer {
  const stats = call.stats();
  return shown(
    call,
    () =>
      [clusterText(call), servicesText(call), dataText(call.map, stats), ...ioText(call), ...progressSection(call)]
        .join(' \n')
        .concat(' \n'),
    () =>
      itemsNamed(nodeOf('status', statusObject(call, stats)), {
        quorum: 'rank',
        quorum_names: 'id',
        pgs_by_state: 'pgs_by_state_element',
      }),
    '\n',
  );
}

function clusterText(call: CephCall): string {
  const now = currentHealth(call);
  const muted = mutedText(now, call.cluster.now_us());
  const texts = [...openChecks(now).map(({ summary }) => summary), ...(muted === '' ? [] : [muted])];
  const lines = texts.map((text) => `            ${text}\n`).join('');
  return `  cluster:\n    id:     ${call.map.fsid}\n    health: ${now.status}\n${lines}`;
}

function servicesText(call: CephCall): string {
  const { map } = call;
  const age = sinceText(call.cluster.now_us() - map.created_us);
  const flags = map.flags.filter((flag) => !QUIET_FLAGS.includes(flag));
  const flagLine = flags.length === 0 ? '' : `         flags ${flags.join(',')}\n`;
  return (
    `  services:\n    mon: 1 daemons, quorum a (age ${age})${eraText(call.cluster).today ? ' [leader: a]' : ''}\n` +
    `    mgr: ${managerText(call)}\n    osd: ${osdSummary(call, call.stats())}\n${flagLine}`
  );
}

/** @ceph src/mon/MgrMap.h print_summary — exact */
function managerText({ cluster, map }: CephCall): string {
  const { phase, since_us } = managerState(cluster.records);
  const age = sinceText(cluster.now_us() - (since_us ?? map.created_us));
  if (phase === 'gone') return `no daemons active (since ${age})`;
  return `x(active${phase === 'starting' ? ', starting' : ''}, since ${age})`;
}

/** `9 osds: 9 up (since 5s), 9 in (since 17s)`. */
export function osdSummary(call: CephCall, stats: ClusterStats): string {
  const { map, monitor } = call;
  const { osds, up, inside } = osdCounts(map);
  const now_us = call.cluster.now_us();
  const since = (what: 'up' | 'in'): string => sinceText(now_us - monitor.lastChange_us(what));
  const remapped = remappedPgs(stats);
  return (
    `${osds} osds: ${up} up (since ${since('up')}), ${inside} in (since ${since('in')})` +
    (remapped > 0 ? `; ${remapped} remapped pgs` : '')
  );
}

/** Below two seconds, parts of a second. @ceph src/common/ceph_time.cc timespan_str — exact */
function sinceText(duration_us: number): string {
  if (duration_us >= 2e6) return ageText(duration_us);
  return `${Number(Math.fround(duration_us / 1e6).toPrecision(6))}s`;
}

export function osdCounts(map: OsdMap): { osds: number; up: number; inside: number } {
  const osds = map.osds.filter((osd) => osd !== undefined);
  return {
    osds: osds.length,
    up: osds.filter((osd) => osd.up).length,
    inside: osds.filter((osd) => osd.weight > 0).length,
  };
}

export function remappedPgs({ pgs }: ClusterStats): number {
  return pgs.filter(({ state }) => state.split('+').includes('remapped')).length;
}

function dataText(map: OsdMap, stats: ClusterStats): string {
  const { raw } = stats;
  return (
    `  data:\n    pools:   ${map.pools.size} pools, ${stats.pgs.length} pgs\n` +
    `    objects: ${countText(stats.objects)} objects, ${byteText(stats.bytes)}\n` +
    `    usage:   ${byteText(raw.usedBytes)} used, ${byteText(raw.availBytes)} / ${byteText(raw.totalBytes)} avail\n` +
    `    pgs:     ${pgLines(stats).join('\n             ')}\n`
  );
}

/** What clients do, where they do anything, and recovery. */
function ioText(call: CephCall): string[] {
  const rate = rateOfAll(call);
  if (rate === undefined) return [];
  const recovery = recoveryText(rate);
  const client = hasClientIo(rate) ? `    client:   ${clientIoText(rate)}\n` : '';
  return [`  io:\n${client}${recovery === undefined ? '' : `    recovery: ${recovery}\n`}`];
}

/** The title stands there also where `ceph -s` is to tell of none of what goes on. */
function progressSection(call: CephCall): string[] {
  const events = statusEvents(call);
  if (events.length === 0) return [];
  const told = events.filter((event) => event.add_to_ceph_s);
  return [`  progress:\n${told.map(({ message }) => `    ${message}\n`).join('')}`];
}

/** @ceph src/mon/PGMap.cc PGMapDigest::print_summary — exact */
function pgLines({ pgs, degraded, misplaced, copies, objects }: ClusterStats): string[] {
  const inactive = pgs.filter(({ state }) => !state.split('+').includes('active')).length;
  const unfound = unfoundObjects(pgs);
  const states = pgStates(pgs);
  const width = Math.max(...states.map(([, count]) => String(count).length));
  return [
    ...(inactive > 0 ? [`${fixedText((100 * inactive) / pgs.length, 3)}% pgs not active`] : []),
    ...(degraded > 0 ? [objectsText(degraded, copies, 'degraded')] : []),
    ...(misplaced > 0 ? [objectsText(misplaced, copies, 'misplaced')] : []),
    ...(unfound > 0 ? [objectsText(unfound, objects, 'unfound')] : []),
    ...states.map(([state, count]) => `${String(count).padEnd(width)} ${state}`),
  ];
}

/** @ceph src/mon/Monitor.cc get_cluster_status — exact names and order */
function statusObject(call: CephCall, stats: ClusterStats): PlainObject {
  const { map } = call;
  const created = isoText(map.created_us);
  const manager = managerState(call.cluster.records);
  return {
    fsid: map.fsid,
    health: healthObject(currentHealth(call), false),
    election_epoch: 3,
    quorum: [0],
    quorum_names: ['a'],
    quorum_age: Math.floor((call.cluster.now_us() - map.created_us) / 1e6),
    monmap: { epoch: 1, min_mon_release_name: 'tentacle', num_mons: 1 },
    osdmap: osdmapObject(call, stats),
    pgmap: { ...pgmapObject(map, stats), ...recoveryRateObject(rateOfAll(call)), ...clientIoObject(rateOfAll(call)) },
    fsmap: { epoch: 1, btime: created.replace('.', ':'), by_rank: [], 'up:standby': 0 },
    mgrmap: { available: manager.phase === 'active', num_standbys: 0, modules: manager.modules, services: {} },
    servicemap: { epoch: 1, modified: created, services: {} },
    progress_events: Object.fromEntries(statusEvents(call).map(({ id, ...event }) => [id, event])),
  };
}

export function osdmapObject(call: CephCall, stats: ClusterStats): PlainObject {
  const { osds, up, inside } = osdCounts(call.map);
  const since = (what: 'up' | 'in'): number => Math.floor(call.monitor.lastChange_us(what) / 1e6);
  return {
    epoch: call.map.epoch,
    num_osds: osds,
    num_up_osds: up,
    osd_up_since: since('up'),
    num_in_osds: inside,
    osd_in_since: since('in'),
    num_remapped_pgs: remappedPgs(stats),
  };
}

function pgmapObject(map: OsdMap, stats: ClusterStats): PlainObject {
  const { raw } = stats;
  const inactive = stats.pgs.filter(({ state }) => !state.split('+').includes('active')).length;
  return {
    pgs_by_state: pgStates(stats.pgs).map(([state_name, count]) => ({ state_name, count })),
    num_pgs: stats.pgs.length,
    num_pools: map.pools.size,
    num_objects: stats.objects,
    data_bytes: stats.bytes,
    bytes_used: raw.usedBytes,
    bytes_avail: raw.availBytes,
    bytes_total: raw.totalBytes,
    ...(inactive > 0 ? { inactive_pgs_ratio: inactive / stats.pgs.length } : {}),
    ...recoverySummary({ ...stats, unfound: unfoundObjects(stats.pgs) }),
  };
}
