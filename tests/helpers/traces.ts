import { noCost } from '../../src/engine/base/cost.ts';
import { bytesData, bytesOfData, randomData } from '../../src/engine/base/data.ts';
import type { OpTrace } from '../../src/engine/base/op-trace.ts';
import type { Cluster } from '../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import { setErasureProfile } from '../../src/engine/mon/erasure-profile.ts';
import { createPool } from '../../src/engine/mon/pool-create.ts';
import { setPool } from '../../src/engine/mon/pool-set.ts';
import { testCluster } from './cluster.ts';

export interface TracedPool {
  readonly cluster: Cluster;
  readonly io: IoCtx;
}

/**
 * A pool of 8 PGs over six OSDs on six hosts: of three copies; of k=2 and m=2 with stripes of 8 KiB; or, with
 * allow_ec_optimizations, of k=4 and m=2 with chunks of 4 KiB.
 */
export function tracedPool(type: 'replicated' | 'erasure' | 'optimized'): TracedPool {
  const cluster = testCluster({ osds: 6, osdsPerHost: 1 });
  if (type === 'replicated') createPool(cluster.monitor, { name: 'p', pgNum: 8 });
  else {
    const words = type === 'erasure' ? ['k=2', 'm=2'] : ['k=4', 'm=2', 'plugin=jerasure'];
    setErasureProfile(cluster.monitor, { name: 'e', words, force: false, sure: false });
    createPool(cluster.monitor, { name: 'p', pgNum: 8, type: 'erasure', profile: 'e' });
    setPool(cluster.monitor, { name: 'p', key: 'allow_ec_overwrites', value: 'true' });
    if (type === 'optimized') setPool(cluster.monitor, { name: 'p', key: 'allow_ec_optimizations', value: 'true' });
  }
  settle(cluster);
  return { cluster, io: cluster.connect().ioCtx('p') };
}

export function settle(cluster: Cluster): void {
  cluster.run(cluster.settle(60_000_000));
}

/** The traces of what is done, with the cost that was counted beside them. */
export function tracesOf(cluster: Cluster, work: () => void) {
  const traces: OpTrace[] = [];
  Object.assign(cluster.cost, noCost());
  cluster.onEvent = ({ event }) => {
    if (event.type === 'osd/op-traced') traces.push(event.trace);
  };
  try {
    work();
  } finally {
    cluster.onEvent = null;
  }
  return { traces, cost: { ...cluster.cost } };
}

export function randomBytes(length: number, seed = 1) {
  return bytesData(bytesOfData(randomData({ kind: 'random', seed }, 0, length)));
}
