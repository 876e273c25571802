import { fillData } from '../../src/engine/base/data.ts';
import { Cluster } from '../../src/engine/cluster/cluster.ts';
import { loadPlugins } from '../../src/engine/cluster/load-plugins.ts';
import { DEFAULT_SPEC } from '../../src/engine/cluster/spec.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import { setFlag } from '../../src/engine/mon/osd-flags.ts';
import { markOsds } from '../../src/engine/mon/osd-state.ts';
import { createPool } from '../../src/engine/mon/pool-create.ts';
import { clusterStats } from '../../src/engine/mon/stats.ts';

/** The same cluster as the real one beside it: nine OSDs on three hosts, three copies. */
const [OBJECT_BYTES, HOST] = [4096, [6, 7, 8]];

function clusterWith(pgNum: number): { readonly cluster: Cluster; readonly io: IoCtx } {
  loadPlugins();
  const cluster = new Cluster(DEFAULT_SPEC);
  createPool(cluster.monitor, { name: 'p', pgNum });
  cluster.run(cluster.settle());
  return { cluster, io: cluster.connect().ioCtx('p') };
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `o${n}`);
}

/** Writes `count` objects whole, again after each of `snaps` snapshots: from then on every write clones. Writes a second. */
export function snapshotWrites(count: number, snaps: number): number {
  const { cluster, io } = clusterWith(64);
  const [oids, data] = [names(count), fillData(OBJECT_BYTES, 1)];
  const begun = performance.now();
  const ids: number[] = [];
  for (let round = 0; round <= snaps; round++) {
    const snapped = io.withSnapContext({ seq: ids[0] ?? 0, snaps: ids });
    for (const oid of oids) cluster.run(snapped.writeFull(oid, data));
    ids.unshift(cluster.run(io.createSelfManagedSnap()));
  }
  return (count * (snaps + 1)) / ((performance.now() - begun) / 1000);
}

/** Seconds in which as many objects are recovered as were written while a host was down. */
export function recovery(count: number): number {
  const { cluster, io } = clusterWith(64);
  for (const osd of HOST) cluster.daemons.stop(osd, 'in-order');
  cluster.run(cluster.settle());
  const data = fillData(OBJECT_BYTES, 1);
  for (const oid of names(count)) cluster.run(io.writeFull(oid, data));
  const begun = performance.now();
  for (const osd of HOST) cluster.daemons.start(osd);
  cluster.run(cluster.settle());
  const seconds = (performance.now() - begun) / 1000;
  const { degraded } = clusterStats(cluster.monitor.map(), cluster.stats);
  if (degraded > 0) throw new Error(`${degraded} copies are still missing`);
  return seconds;
}

/** Seconds in which the PGs of a pool are active again after a host has failed: its OSDs are marked down with one map. */
export function peering(pgNum: number): number {
  const { cluster } = clusterWith(pgNum);
  setFlag(cluster.monitor, 'noup', true);
  const begun = performance.now();
  markOsds(cluster.monitor, HOST, 'down');
  cluster.run(cluster.settle());
  const seconds = (performance.now() - begun) / 1000;
  const { pgs } = clusterStats(cluster.monitor.map(), cluster.stats);
  const waiting = pgs.filter(({ state }) => !state.startsWith('active+undersized'));
  if (waiting.length > 1) throw new Error(`${waiting.length} PGs are not active: ${waiting[0]?.state}`);
  return seconds;
}
