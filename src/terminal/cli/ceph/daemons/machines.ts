import { hostOf } from '../../../../engine/mon/config/place.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { column, textTable } from '../../format/text-table.ts';
import { itemsNamed, nodeOf, type PlainObject } from '../../format/tree.ts';
import { argText, type CephCall, cephCommand, pgInfoShown, shown, structured } from '../ceph-command.ts';
import { choice, optional } from '../signatures.ts';
import { osdCounts } from '../status.ts';

/** Features that a daemon of this release has, and the release that they are told by. */
const FEATURES = { features: '0x3f07fffffffdffff', release: 'squid' };
/** Clients that daemons are to the monitor: the manager has several. */
const OWN_CLIENTS = 6;

const GROUPS = { mon: 'group', osd: 'group', client: 'group', mgr: 'group' };

export const features = cephCommand({
  words: 'features',
  summary: 'which features daemons and clients have',
  answer: (call) => {
    const group = (num: number) => [{ ...FEATURES, num }];
    const osds = osdCounts(call.map).up;
    return structured(
      call,
      'features',
      { mon: group(1), osd: group(osds), client: group(OWN_CLIENTS), mgr: group(1) },
      GROUPS,
    );
  },
});

export const timeSyncStatus = cephCommand({
  words: 'time-sync-status',
  summary: 'how well the clocks of the monitors agree',
  answer: (call) => structured(call, 'time_sync', { timechecks: { epoch: 3, round: 0, round_status: 'finished' } }),
});

/** OSDs by the host that they are on. */
function osdsByHost(map: OsdMap): PlainObject {
  const hosts: Record<string, number[]> = {};
  for (const [id, osd] of map.osds.entries()) {
    if (osd === undefined) continue;
    const host = hostOf(map, id) ?? '';
    hosts[host] = [...(hosts[host] ?? []), id];
  }
  return hosts;
}

export const nodeLs = cephCommand({
  words: 'node ls',
  summary: 'which daemons run on which machine',
  signature: [optional(choice('type', ['all', 'osd', 'mon', 'mds', 'mgr']))],
  answer: (call) => {
    const all: Record<string, PlainObject> = {
      mon: { mon: ['a'] },
      osd: osdsByHost(call.map),
      mgr: { mgr: ['x'] },
    };
    const type = argText(call.args, 'type') ?? 'all';
    return structured(call, 'nodes', type === 'all' ? all : (all[type] ?? {}));
  },
});

const NUMA = [
  column('OSD', 'left', 'right'),
  ...['HOST', 'NETWORK', 'STORAGE', 'AFFINITY', 'CPUS'].map((each) => column(each)),
];

export const osdNumaStatus = cephCommand({
  words: 'osd numa-status',
  summary: 'which part of its machine each OSD runs on',
  answer: (call) => {
    const { map } = call;
    const up = map.osds.flatMap((osd, id) => (osd?.up === true ? [id] : []));
    return shown(
      call,
      () =>
        textTable(
          NUMA_COLUMNS,
          up.map((id) => [id, hostOf(map, id) ?? '', '-', '-', '-', '-']),
        ),
      () =>
        nodeOf(
          'osds',
          up.map((osd) => ({ osd, host: hostOf(map, osd) ?? '' })),
          'osd',
        ),
    );
  },
});

const NUMA_COLUMNS = NUMA.map((each) =>
  ['NETWORK', 'STORAGE', 'AFFINITY'].includes(each.heading) ? { ...each, align: 'right' as const } : each,
);

const PERF = ['commit_latency(ms)', 'apply_latency(ms)'].map((name) => column(name, 'right', 'right'));

/** Devices of this cluster answer at once. */
export const osdPerf = cephCommand({
  words: 'osd perf',
  summary: 'how fast the OSDs write',
  answer: (call: CephCall) => {
    const up = call.map.osds.flatMap((osd, id) => (osd?.up === true ? [id] : [])).reverse();
    const times = { commit_latency_ms: 0, apply_latency_ms: 0, commit_latency_ns: 0, apply_latency_ns: 0 };
    return pgInfoShown(
      call,
      () =>
        textTable(
          [column('osd', 'right', 'right'), ...PERF],
          up.map((id) => [id, 0, 0]),
        ),
      () =>
        itemsNamed(
          nodeOf('pg_info', {
            pg_ready: true,
            osdstats: { osd_perf_infos: up.map((id) => ({ id, perf_stats: times })) },
          }),
          { osd_perf_infos: 'osd' },
        ),
    );
  },
});

export const osdBlockedBy = cephCommand({
  words: 'osd blocked-by',
  summary: 'OSDs that placement groups wait for',
  answer: (call) => {
    const counts = new Map<number, number>();
    for (const { blockedBy } of call.cluster.pgs.records())
      for (const osd of blockedBy) counts.set(osd, (counts.get(osd) ?? 0) + 1);
    const found = [...counts].sort(([a], [b]) => a - b);
    const columns = ['osd', 'num_blocked'].map((name) => column(name, 'right', 'right'));
    return pgInfoShown(
      call,
      () => textTable(columns, found),
      () =>
        nodeOf('pg_info', {
          pg_ready: true,
          osd_blocked_by: { osd_blocked_by_infos: found.map(([id, num_blocked]) => ({ id, num_blocked })) },
        }),
    );
  },
});
