import type { Task } from '../../../engine/base/task.ts';
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
  const pools = stats.pools.filter(({ pool }) => call.poolName === '' || pool.name === call.poolName);
  if (call.format !== 'plain') return yield* outTree(call, nodeOf('stats', dfObject(pools, stats)));
  return yield* out(call, dfText(pools, stats));
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

/** Reads and writes are not counted by pool here, nor clones apart from heads. */
function dfText(pools: readonly PoolStat[], { objects, raw }: ClusterStats): string {
  const rows = pools.map(({ pool, usedBytes, objects: count, degraded }) => [
    pool.name,
    byteText(usedBytes),
    count,
    0,
    count * pool.size,
    0,
    0,
    degraded,
    0,
    byteText(0),
    0,
    byteText(0),
    byteText(0),
    byteText(0),
  ]);
  return (
    `${textTable(COLUMNS, rows)}\ntotal_objects    ${objects}\ntotal_used       ${byteText(raw.usedBytes)}\n` +
    `total_avail      ${byteText(raw.availBytes)}\ntotal_space      ${byteText(raw.totalBytes)}\n`
  );
}

function dfObject(pools: readonly PoolStat[], { objects, raw }: ClusterStats): PlainObject {
  const kib = (bytes: number): number => Math.floor(bytes / 1024);
  return {
    pools: pools.map(({ pool, usedBytes, objects: count, degraded }) => ({
      name: pool.name,
      id: pool.id,
      size_bytes: usedBytes,
      size_kb: Math.ceil(usedBytes / 1024),
      num_objects: count,
      num_object_clones: 0,
      num_object_copies: count * pool.size,
      num_objects_missing_on_primary: 0,
      num_objects_unfound: 0,
      num_objects_degraded: degraded,
      read_ops: 0,
      read_bytes: 0,
      write_ops: 0,
      write_bytes: 0,
      compress_bytes_used: 0,
      compress_under_bytes: 0,
    })),
    total_objects: objects,
    total_used: kib(raw.usedBytes),
    total_avail: kib(raw.availBytes),
    total_space: kib(raw.totalBytes),
  };
}
