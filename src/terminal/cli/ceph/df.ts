import { type UsedPool, usedPool } from '../../../engine/cluster/stats/used-pool.ts';
import { dirtyObjects } from '../../../engine/cluster/tier/dirty-objects.ts';
import { type PoolStat, poolUsedRatio, type RawUsage, sumUsage } from '../../../engine/mon/stats.ts';
import { isTier } from '../../../engine/osdmap/cache-modes.ts';
import { byteText, countText } from '../format/size-text.ts';
import { column, textTable } from '../format/text-table.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, type PlainObject, valueNode } from '../format/tree.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { classOf } from './crush-tree.ts';
import { choice, optional } from './signatures.ts';

export const df = cephCommand({
  words: 'df',
  summary: 'room in the cluster, and what each pool uses',
  description: 'Room on the OSDs, and what each pool stores; `detail` splits data and omap and shows quotas.',
  signature: [optional(choice('detail', ['detail']))],
  answer: run,
});

interface ClassUsage {
  readonly name: string;
  readonly usage: RawUsage;
}

interface ListedPool extends UsedPool {
  readonly dirty?: number;
}

function run(call: CephCall): CephAnswer {
  const stats = call.stats();
  const classes = usageByClass(call);
  const detail = argText(call.args, 'detail') !== undefined;
  const pools = stats.pools.map((stat) => ({ ...usedPool(call.cluster, stat), ...dirtyOf(call, stat) }));
  return shown(
    call,
    () =>
      `--- RAW STORAGE ---\n${rawTable(classes, stats.raw)} \n` +
      `--- POOLS ---\n${detail ? detailTable(pools) : poolTable(pools)}`,
    () => dfNode(classes, stats.raw, stats.osds.length, pools, detail),
    '\n',
  );
}

/** Of a cache alone: how much of it its base has not as it is. */
function dirtyOf({ cluster }: CephCall, { pool }: PoolStat): Pick<ListedPool, 'dirty'> {
  return isTier(pool) ? { dirty: dirtyObjects(cluster.pgs, pool) } : {};
}

function usageByClass(call: CephCall): ClassUsage[] {
  const { map } = call;
  const byClass = new Map<string, RawUsage[]>();
  for (const osd of call.stats().osds) {
    if ((map.osds[osd.id]?.weight ?? 0) === 0) continue;
    const name = classOf(map, osd.id) ?? '';
    byClass.set(name, [...(byClass.get(name) ?? []), osd]);
  }
  return [...byClass].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, parts]) => ({ name, usage: sumUsage(parts) }));
}

function rawTable(classes: readonly ClassUsage[], total: RawUsage): string {
  const columns = [
    column('CLASS'),
    ...['SIZE', 'AVAIL', 'USED', 'RAW USED', '%RAW USED'].map((name) => column(name, 'right')),
  ];
  const row = (name: string, usage: RawUsage): string[] => [
    name,
    byteText(usage.totalBytes),
    byteText(usage.availBytes),
    byteText(usage.usedBytes),
    byteText(usage.usedBytes),
    percent(usedRatio(usage)),
  ];
  return textTable(columns, [...classes.map(({ name, usage }) => row(name, usage)), row('TOTAL', total)]);
}

function usedRatio({ usedBytes, totalBytes }: RawUsage): number {
  return totalBytes > 0 ? usedBytes / totalBytes : 0;
}

function percent(ratio: number): string {
  return 100 * ratio < 0.01 ? '0' : (100 * ratio).toFixed(2);
}

function poolColumns(names: readonly string[]) {
  return [column('POOL'), ...names.map((name) => column(name, 'right'))];
}

function poolTable(pools: readonly PoolStat[]): string {
  const columns = poolColumns(['ID', 'PGS', 'STORED', 'OBJECTS', 'USED', '%USED', 'MAX AVAIL']);
  return textTable(
    columns,
    pools.map((stat) => [
      stat.pool.name,
      stat.pool.id,
      stat.pool.pgNum,
      byteText(stat.dataBytes + stat.omapBytes),
      countText(stat.objects),
      byteText(stat.usedBytes),
      percent(poolUsedRatio(stat)),
      byteText(stat.maxAvailBytes),
    ]),
  );
}

const DETAIL = [
  'ID',
  'PGS',
  'STORED',
  '(DATA)',
  '(OMAP)',
  'OBJECTS',
  'USED',
  '(DATA)',
  '(OMAP)',
  '%USED',
  'MAX AVAIL',
  'QUOTA OBJECTS',
  'QUOTA BYTES',
  'DIRTY',
  'USED COMPR',
  'UNDER COMPR',
];

function detailTable(pools: readonly ListedPool[]): string {
  return textTable(
    poolColumns(DETAIL),
    pools.map((stat) => [
      stat.pool.name,
      stat.pool.id,
      stat.pool.pgNum,
      byteText(stat.dataBytes + stat.omapBytes),
      byteText(stat.dataBytes),
      byteText(stat.omapBytes),
      countText(stat.objects),
      byteText(stat.usedBytes),
      byteText(stat.usedDataBytes),
      byteText(stat.usedOmapBytes),
      percent(poolUsedRatio(stat)),
      byteText(stat.maxAvailBytes),
      stat.pool.quotaMaxObjects === 0 ? 'N/A' : countText(stat.pool.quotaMaxObjects),
      stat.pool.quotaMaxBytes === 0 ? 'N/A' : byteText(stat.pool.quotaMaxBytes),
      stat.dirty === undefined ? 'N/A' : countText(stat.dirty),
      byteText(0),
      byteText(0),
    ]),
  );
}

/** @ceph src/mon/PGMap.cc dump_cluster_stats, dump_pool_stats_full — exact names and order */
function dfNode(
  classes: readonly ClassUsage[],
  total: RawUsage,
  osds: number,
  pools: readonly ListedPool[],
  detail: boolean,
): FormatNode {
  const counts = { num_osds: osds, num_per_pool_osds: osds, num_per_pool_omap_osds: osds };
  const poolNodes = pools.map((stat) =>
    objectNode('pool', [
      valueNode('name', stat.pool.name),
      valueNode('id', stat.pool.id),
      nodeOf('stats', poolObject(stat, detail)),
    ]),
  );
  return objectNode('stats', [
    nodeOf('stats', { ...rawObject(total), ...counts }),
    objectNode(
      'stats_by_class',
      classes.map(({ name, usage }) => nodeOf(name, rawObject(usage))),
    ),
    arrayNode('pools', poolNodes),
  ]);
}

function rawObject(usage: RawUsage): PlainObject {
  return {
    total_bytes: usage.totalBytes,
    total_avail_bytes: usage.availBytes,
    total_used_bytes: usage.usedBytes,
    total_used_raw_bytes: usage.usedBytes,
    total_used_raw_ratio: usedRatio(usage),
  };
}

function poolObject(stat: ListedPool, detail: boolean): PlainObject {
  const more = <T>(value: T): T | undefined => (detail ? value : undefined);
  return {
    stored: stat.dataBytes + stat.omapBytes,
    stored_data: more(stat.dataBytes),
    stored_omap: more(stat.omapBytes),
    objects: stat.objects,
    kb_used: Math.ceil(stat.usedBytes / 1024),
    bytes_used: stat.usedBytes,
    data_bytes_used: more(stat.usedDataBytes),
    omap_bytes_used: more(stat.usedOmapBytes),
    percent_used: poolUsedRatio(stat),
    max_avail: stat.maxAvailBytes,
    quota_objects: more(stat.pool.quotaMaxObjects),
    quota_bytes: more(stat.pool.quotaMaxBytes),
    dirty: more(stat.dirty ?? 0),
    rd: more(stat.io.reads),
    rd_bytes: more(stat.io.readKib * 1024),
    wr: more(stat.io.writes),
    wr_bytes: more(stat.io.writtenKib * 1024),
    compress_bytes_used: more(0),
    compress_under_bytes: more(0),
    stored_raw: more(Math.round((stat.dataBytes + stat.omapBytes) * stat.rate)),
    avail_raw: more(Math.round(stat.maxAvailBytes * stat.rate)),
  };
}
