import { classOf } from '../../../engine/crush/tree.ts';
import type { PgStat } from '../../../engine/mon/pg-stat.ts';
import type { OsdStat, RawUsage } from '../../../engine/mon/stats.ts';
import { arrayNode, type FormatNode, nodeOf, type PlainObject } from '../format/tree.ts';
import type { CephCall } from './ceph-command.ts';
import { lastStatSeq } from './osd-seq.ts';
import { osdSum, poolObjects } from './pg/dump-object.ts';
import { pgNodeOf } from './pg/named-arrays.ts';
import { poolSum } from './pg/stat-sum.ts';

/** What the monitor's report says of PGs and their sums. @ceph src/mon/PGMap.cc PGMapDigest::dump — exact names and order; where Ceph has none, that of their numbers */
export function pgSections(call: CephCall): FormatNode[] {
  const { map } = call;
  const stats = call.stats();
  const pgs = stats.pgs;
  return [
    nodeOf('num_pg', pgs.length),
    nodeOf('num_pg_active', pgs.filter(isActive).length),
    nodeOf('num_pg_unknown', pgs.filter(({ state }) => state === 'unknown').length),
    nodeOf('num_osd', stats.osds.length),
    nodeOf('pool_sum', poolSum(map, pgs)),
    nodeOf('osd_sum', osdSum(call, stats.osds, stats.raw)),
    nodeOf('osd_sum_by_class', Object.fromEntries(byClass(call))),
    pgNodeOf('pool_stats', poolObjects(call, stats)),
    nodeOf(
      'osd_stats',
      stats.osds.map(({ id }) => ({ osd: id, seq: BigInt(lastStatSeq(call, id)) })),
      'osd_stat',
    ),
    nodeOf('num_pg_by_state', byState(pgs), 'count'),
    unavailable(call, pgs),
    nodeOf('num_pg_by_osd', byOsd(pgs), 'count'),
    nodeOf(
      'purged_snaps',
      [...map.pools.keys()].sort((a, b) => a - b).map((pool) => ({ pool, purged_snaps: {} })),
      'pool',
    ),
  ];
}

/** What OSDs have told of the oldest epochs that they still need. @ceph src/mon/OSDMonitor.cc LastEpochClean::dump — OSDs that are up, with the newest map */
export function cleanEpochs({ map }: CephCall): FormatNode {
  const epochs = map.osds.flatMap((osd, id) => (osd?.up === true ? [{ id, epoch: map.epoch }] : []));
  const node = nodeOf('osdmap_clean_epochs', { min_last_epoch_clean: 0, last_epoch_clean: { per_pool: [] } });
  const children = node.kind === 'value' ? [] : node.children;
  return { kind: 'object', name: node.name, children: [...children, nodeOf('osd_epochs', epochs, 'osd')] };
}

function isActive({ state }: PgStat): boolean {
  return state.split('+').includes('active');
}

function byClass(call: CephCall): [string, PlainObject][] {
  const classes = new Map<string, OsdStat[]>();
  for (const osd of call.stats().osds) {
    const name = classOf(call.map.crush, osd.id);
    if (name !== undefined) classes.set(name, [...(classes.get(name) ?? []), osd]);
  }
  return [...classes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, osds]) => [name, osdSum(call, osds, sumOf(osds))]);
}

function sumOf(osds: readonly OsdStat[]): RawUsage {
  const sum = (of: (osd: OsdStat) => number): number => osds.reduce((total, osd) => total + of(osd), 0);
  return {
    totalBytes: sum(({ totalBytes }) => totalBytes),
    dataBytes: sum(({ dataBytes }) => dataBytes),
    omapBytes: sum(({ omapBytes }) => omapBytes),
    metaBytes: sum(({ metaBytes }) => metaBytes),
    usedBytes: sum(({ usedBytes }) => usedBytes),
    availBytes: sum(({ availBytes }) => availBytes),
  };
}

function byState(pgs: readonly PgStat[]): PlainObject[] {
  const counts = new Map<string, number>();
  for (const { state } of pgs) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, num]) => ({ state, num }));
}

/** Holes of erasure pools count as an OSD of their own. */
function byOsd(pgs: readonly PgStat[]): PlainObject[] {
  const counts = new Map<number, { primary: number; acting: number; other: number }>();
  const of = (osd: number) => {
    const count = counts.get(osd) ?? { primary: 0, acting: 0, other: 0 };
    counts.set(osd, count);
    return count;
  };
  for (const { up, acting, actingPrimary } of pgs) {
    if (actingPrimary >= 0) of(actingPrimary).primary++;
    for (const osd of acting) of(osd).acting++;
    for (const osd of up) if (!acting.includes(osd)) of(osd).other++;
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([osd, { primary, acting, other }]) => ({
      osd,
      num_primary_pg: primary,
      num_acting_pg: acting,
      num_up_not_acting_pg: other,
    }));
}

/** PGs that serve nothing, by pool. */
function unavailable({ map }: CephCall, pgs: readonly PgStat[]): FormatNode {
  const name = 'pool_pg_unavailable_map';
  const ids = [...map.pools.keys()].sort((a, b) => a - b);
  return arrayNode(
    name,
    ids.map((id) =>
      nodeOf(name, {
        poolid: String(id),
        pgs: pgs.filter((pg) => pg.pool === id && !isActive(pg)).map(({ pgid }) => pgid),
      }),
    ),
  );
}
