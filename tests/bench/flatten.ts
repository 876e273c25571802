import { fillData } from '../../src/engine/base/data.ts';
import type { Diff } from '../../src/engine/base/records.ts';
import { Cluster } from '../../src/engine/cluster/cluster.ts';
import { loadPlugins } from '../../src/engine/cluster/load-plugins.ts';
import { DEFAULT_SPEC } from '../../src/engine/cluster/spec.ts';
import { writeImage } from '../../src/engine/librbd/io/image-io.ts';
import { closeImage, openImage } from '../../src/engine/librbd/open.ts';
import { cloneImage } from '../../src/engine/librbd/operation/clone.ts';
import { createImage } from '../../src/engine/librbd/operation/create.ts';
import { flattenImage } from '../../src/engine/librbd/operation/flatten.ts';
import { createSnap } from '../../src/engine/librbd/operation/snap-create.ts';
import { protectSnap } from '../../src/engine/librbd/operation/snap-protect.ts';
import { createPool } from '../../src/engine/mon/pool-create.ts';

const OBJECT_BYTES = 4 * 1024 * 1024;

/** What flattening a full clone cost, and the records that it changed. */
export interface FlattenRun {
  readonly objects: number;
  readonly fillSeconds: number;
  readonly flattenSeconds: number;
  readonly heapMiB: number;
  readonly diff: Diff;
}

/** Fills an image of `objects` objects, snapshots and clones it, and flattens the clone. */
export function flattenFull(objects: number): FlattenRun {
  loadPlugins();
  const cluster = new Cluster(DEFAULT_SPEC);
  createPool(cluster.monitor, { name: 'p', pgNum: 64 });
  const io = cluster.connect().ioCtx('p');
  cluster.run(createImage(io, 'full', objects * OBJECT_BYTES));
  const full = cluster.run(openImage(io, { name: 'full' }));
  const data = fillData(OBJECT_BYTES, 7);
  const fillStarted = performance.now();
  for (let n = 0; n < objects; n++) cluster.run(writeImage(full, n * OBJECT_BYTES, data));
  const fillSeconds = (performance.now() - fillStarted) / 1000;
  cluster.run(createSnap(full, 's'));
  cluster.run(protectSnap(full, 's'));
  cluster.run(closeImage(full));
  cluster.run(cloneImage({ io, imageName: 'full', snapName: 's' }, io, 'clone'));
  const clone = cluster.run(openImage(io, { name: 'clone' }));
  cluster.records.commit();
  const started = performance.now();
  cluster.run(flattenImage(clone));
  const flattenSeconds = (performance.now() - started) / 1000;
  const diff = cluster.records.commit();
  const heapMiB = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  return { objects, fillSeconds, flattenSeconds, heapMiB, diff };
}
