import { Cluster } from '../../src/engine/cluster/cluster.ts';
import { type ClusterSpec, DEFAULT_SPEC } from '../../src/engine/cluster/spec.ts';
import { createPool } from '../../src/engine/mon/pool-create.ts';

/** A fresh cluster as recorded sessions have it, with changes. */
export function testCluster(changes: Partial<ClusterSpec> = {}): Cluster {
  return new Cluster({ ...DEFAULT_SPEC, ...changes });
}

/** A small one: three OSDs on three hosts, and a pool of 8 PGs. */
export function smallCluster(pool = 'p'): Cluster {
  const cluster = testCluster({ osds: 3, osdsPerHost: 1 });
  createPool(cluster.monitor, { name: pool, pgNum: 8 });
  cluster.pgs.sync();
  return cluster;
}
