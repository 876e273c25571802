import { shardsRepaired } from '../../../../engine/mon/osd-repairs.ts';
import { inTableOrder } from '../../../../engine/mon/pg-order.ts';
import type { PgStat } from '../../../../engine/mon/pg-stat.ts';
import type { ClusterStats, OsdStat, RawUsage } from '../../../../engine/mon/stats.ts';
import { isoText } from '../../format/dates.ts';
import type { FormatNode, PlainObject } from '../../format/tree.ts';
import type { CephCall } from '../ceph-command.ts';
import { pgNodeOf } from './named-arrays.ts';
import { pgStatObject } from './stat-object.ts';
import { osdStatObject, peersOf, poolSum } from './stat-sum.ts';

/** `ceph pg dump` as a tree. @ceph src/mon/PGMap.cc process_pg_map_command, PGMap::dump — exact names and order */
export function dumpNode(call: CephCall, stats: ClusterStats, what: ReadonlySet<string>): FormatNode {
  const wants = (name: string) => what.has(name);
  const whole = wants('all') || wants('summary') || wants('sum');
  const all = wants('all');
  const parts: PlainObject = {
    pgs_brief: undefined,
    ...(whole ? { pg_map: { ...summary(call, stats), ...(all ? everything(call, stats) : {}) } } : {}),
    ...(!whole && wants('delta') ? { delta: deltas(call) } : {}),
    ...(!whole && wants('pools') ? { pool_stats: poolObjects(call, stats) } : {}),
    ...(!whole && wants('osds') ? { osd_stats: osdObjects(call, stats), pool_statfs: [] } : {}),
    ...(!whole && wants('pgs') ? { pg_stats: pgObjects(call, stats) } : {}),
    ...(!whole && wants('pgs_brief') ? { pg_stats: inTableOrder(stats.pgs).map(briefObject) } : {}),
  };
  return pgNodeOf('pg_info', { pg_ready: true, ...parts });
}

function summary(call: CephCall, stats: ClusterStats): PlainObject {
  return {
    version: call.map.epoch,
    stamp: isoText(call.cluster.now_us()),
    last_osdmap_epoch: 0,
    last_pg_scan: 0,
    pg_stats_sum: poolSum(call.map, stats.pgs),
    osd_stats_sum: osdSum(call, stats.osds, stats.raw),
    pg_stats_delta: { ...poolSum(call.map, []), stamp_delta: '0.000000' },
  };
}

/** A sum over OSDs. */
export function osdSum(call: CephCall, osds: readonly OsdStat[], usage: RawUsage): PlainObject {
  const pgs = osds.reduce((sum, osd) => sum + osd.pgs, 0);
  const repaired = osds.reduce((sum, { id }) => sum + repairsOf(call, id), 0);
  const head = { upFrom: 0, pgs, osds: osds.length, peers: [], repaired };
  return { ...osdStatObject(usage, head), network_ping_times: [] };
}

/** Nothing has changed since just now. */
function deltas(call: CephCall): PlainObject {
  return { pg_stats_delta: { ...poolSum(call.map, []), stamp_delta: '0.000000' }, pool_stats_delta: [] };
}

function everything(call: CephCall, stats: ClusterStats): PlainObject {
  return {
    pg_stats: pgObjects(call, stats),
    pool_stats: poolObjects(call, stats),
    osd_stats: osdObjects(call, stats),
    pool_statfs: [],
  };
}

function pgObjects(call: CephCall, stats: ClusterStats): PlainObject[] {
  return inTableOrder(stats.pgs).map((pg) => pgStatObject(call, pg));
}

/** The newest pool first. */
export function poolObjects(call: CephCall, stats: ClusterStats): PlainObject[] {
  const byPool = new Map<number, PgStat[]>(stats.pools.map(({ pool }) => [pool.id, []]));
  for (const pg of stats.pgs) byPool.get(pg.pool)?.push(pg);
  return [...stats.pools].reverse().map(({ pool }) => {
    const pgs = byPool.get(pool.id) ?? [];
    return { poolid: pool.id, num_pg: pgs.length, ...poolSum(call.map, pgs) };
  });
}

function osdObjects(call: CephCall, { osds }: ClusterStats): PlainObject[] {
  return [...osds].reverse().map((osd) => {
    const upFrom = call.map.osds[osd.id]?.upFrom ?? 0;
    const repaired = repairsOf(call, osd.id);
    const head = { upFrom, pgs: osd.pgs, osds: 1, peers: peersOf(osds, osd.id), repaired };
    return { osd: osd.id, ...osdStatObject(osd, head) };
  });
}

function repairsOf({ monitor }: CephCall, osd: number): number {
  return shardsRepaired(monitor.context.records, osd);
}

function briefObject({ pgid, state, up, acting, upPrimary, actingPrimary }: PgStat): PlainObject {
  return { pgid, state, up, acting, up_primary: upPrimary, acting_primary: actingPrimary };
}
