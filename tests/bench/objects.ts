import { fillData } from '../../src/engine/base/data.ts';
import { Cluster } from '../../src/engine/cluster/cluster.ts';
import { loadPlugins } from '../../src/engine/cluster/load-plugins.ts';
import { DEFAULT_SPEC } from '../../src/engine/cluster/spec.ts';
import { createPool } from '../../src/engine/mon/pool-create.ts';

/** Writes objects of 4 MiB to a pool of 64 PGs with three replicas; gives objects a second. */
export function writeObjects(count: number): { readonly objectsPerSecond: number; readonly heapMiB: number } {
  loadPlugins();
  const cluster = new Cluster(DEFAULT_SPEC);
  createPool(cluster.monitor, { name: 'p', pgNum: 64 });
  cluster.pgs.sync();
  const io = cluster.connect().ioCtx('p');
  const data = fillData(4 * 1024 * 1024, 1);
  const started = performance.now();
  for (let n = 0; n < count; n++) {
    cluster.run(io.operate(`rbd_data.abc.${n.toString(16).padStart(16, '0')}`, [{ op: 'write-full', data }]));
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    objectsPerSecond: Math.round(count / seconds),
    heapMiB: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
  };
}
