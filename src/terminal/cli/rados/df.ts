import type { Task } from '../../../engine/base/task.ts';
import { type PoolUsage, poolUsage, tellsUsage } from '../../../engine/cluster/stats/pool-usage.ts';
import { type ClusterStats, clusterStats, type PoolStat } from '../../../engine/mon/stats.ts';
import { byteText } from '../format/size-text.ts';
import { column, textTable } from '../format/text-table.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { out, outTree, poollessCommand, type RadosCall } from './rados-command.ts';

export const df = poollessCommand({
  words: 'df',
  summary: 'what pools and cluster use',
  poolless: true,
  run: show,
});

function* show(call: RadosCall): Task<number> {
  const { monitor, stats: port } = call.process.cluster;
  const stats = clusterStats(monitor.map(), port);
  const pools = stats.pools
    .filter(({ pool }) => call.poolName === '' || pool.name === call.poolName)
    .map((stat) => {
      const { cluster } = call.process;
      const usage = poolUsage(cluster, stat.pool.id);
      const usedBytes = tellsUsage(cluster)
        ? usage.allocatedBytes + stat.usedOmapBytes
        : stat.dataBytes + stat.omapBytes;
      const unfound = stats.pgs.reduce((sum, pg) => sum + (pg.pool === stat.pool.id ? (pg.unfound ?? 0) : 0), 0);
      return { stat, usage, usedBytes, unfound };
    });
  if (call.format !== 'plain') return yield* outTree(call, nodeOf('stats', dfObject(pools, stats)));
  return yield* out(call, dfText(pools, totalsText(stats)));
}

const COLUMNS = [
  column('POOL_NAME'),
  ...[
    'USED',
    'OBJECTS',
    'CLONES',
    'COPIES',
    'MISSING_ON_PRIMARY',
    'UNFOUND',
    'DEGRADED',
    'RD_OPS',
    'RD',
    'WR_OPS',
    'WR',
    'USED COMPR',
    'UNDER COMPR',
  ].map((name) => column(name, 'right')),
];

/** A pool with what its objects take and what was done with them. */
interface UsedPool {
  readonly stat: PoolStat;
  readonly usage: PoolUsage;
  readonly usedBytes: number;
  readonly unfound: number;
}

function dfText(pools: readonly UsedPool[], totals: string): string {
  const rows = pools.map(({ stat, usage, usedBytes, unfound }) => [
    stat.pool.name,
    byteText(usedBytes),
    stat.objects,
    usage.clones,
    stat.objects * stat.pool.size,
    usage.missingOnPrimary,
    unfound,
    stat.degraded,
    usage.io.reads,
    byteText(usage.io.readKib * 1024),
    usage.io.writes,
    byteText(usage.io.writtenKib * 1024),
    byteText(0),
    byteText(0),
  ]);
  return `${textTable(COLUMNS, rows)}\n${totals}`;
}

function totalsText({ objects, raw }: ClusterStats): string {
  return (
    `total_objects    ${objects}\ntotal_used       ${byteText(raw.usedBytes)}\n` +
    `total_avail      ${byteText(raw.availBytes)}\ntotal_space      ${byteText(raw.totalBytes)}\n`
  );
}

function dfObject(pools: readonly UsedPool[], { objects, raw }: ClusterStats): PlainObject {
  const kib = (bytes: number): number => Math.floor(bytes / 1024);
  return {
    pools: pools.map(({ stat, usage, usedBytes, unfound }) => ({
      name: stat.pool.name,
      id: stat.pool.id,
      size_bytes: usedBytes,
      size_kb: Math.ceil(usedBytes / 1024),
      num_objects: stat.objects,
      num_object_clones: usage.clones,
      num_object_copies: stat.objects * stat.pool.size,
      num_objects_missing_on_primary: usage.missingOnPrimary,
      num_objects_unfound: unfound,
      num_objects_degraded: stat.degraded,
      read_ops: usage.io.reads,
      read_bytes: usage.io.readKib * 1024,
      write_ops: usage.io.writes,
      write_bytes: usage.io.writtenKib * 1024,
      compress_bytes_used: 0,
      compress_under_bytes: 0,
    })),
    total_objects: objects,
    total_used: kib(raw.usedBytes),
    total_avail: kib(raw.availBytes),
    total_space: kib(raw.totalBytes),
  };
}
