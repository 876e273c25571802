import { randomData } from '../../src/engine/base/data.ts';
import { Cluster } from '../../src/engine/cluster/cluster.ts';
import { loadPlugins } from '../../src/engine/cluster/load-plugins.ts';
import { DEFAULT_SPEC } from '../../src/engine/cluster/spec.ts';
import { writeImage } from '../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../src/engine/librbd/open.ts';
import { cloneImage } from '../../src/engine/librbd/operation/clone.ts';
import { createImage } from '../../src/engine/librbd/operation/create.ts';
import { flattenImage } from '../../src/engine/librbd/operation/flatten.ts';
import { createSnap } from '../../src/engine/librbd/operation/snap-create.ts';
import { protectSnap } from '../../src/engine/librbd/operation/snap-protect.ts';
import { createPool } from '../../src/engine/mon/pool-create.ts';

// Run on its own, with a heap of 400 MiB: an image of 100 GiB, each object with data of its own.
const OBJECT_BYTES = 4 * 1024 * 1024;
const OBJECTS = 25_600;
const RANDOM = { kind: 'random', seed: 7 } as const;

loadPlugins();
const cluster = new Cluster(DEFAULT_SPEC);
createPool(cluster.monitor, { name: 'p', pgNum: 64 });
const io = cluster.connect().ioCtx('p');
let mostHeap = 0;

function measure(): void {
  cluster.records.commit();
  mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
}

cluster.run(createImage(io, 'full', OBJECTS * OBJECT_BYTES));
cluster.run(
  withImage(io, { name: 'full' }, {}, function* (full) {
    for (let n = 0; n < OBJECTS; n++) {
      yield* writeImage(full, n * OBJECT_BYTES, randomData(RANDOM, n * OBJECT_BYTES, OBJECT_BYTES));
    }
    yield* createSnap(full, 's');
    yield* protectSnap(full, 's');
  }),
);
measure();
cluster.run(cloneImage({ io, imageName: 'full', snapName: 's' }, io, 'clone'));
cluster.run(withImage(io, { name: 'clone' }, {}, (clone) => flattenImage(clone)));
measure();

let objects = 0;
for (const name of cluster.records.tableNames()) {
  if (name.startsWith('os/')) objects += cluster.records.table(name).size;
}
process.stdout.write(JSON.stringify({ objects, mostHeapMiB: Math.round(mostHeap / 2 ** 20) }));
