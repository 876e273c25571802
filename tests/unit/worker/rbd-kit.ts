import { randomData } from '../../../src/engine/base/data.ts';
import type { Task } from '../../../src/engine/base/task.ts';
import { Cluster } from '../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../src/engine/cluster/spec.ts';
import type { IoCtx } from '../../../src/engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../../src/engine/librbd/image-ctx.ts';
import { discardImage, writeImage } from '../../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../../src/engine/librbd/open.ts';
import { cloneImage } from '../../../src/engine/librbd/operation/clone.ts';
import { createImage } from '../../../src/engine/librbd/operation/create.ts';
import { flattenImage } from '../../../src/engine/librbd/operation/flatten.ts';
import { removeImage } from '../../../src/engine/librbd/operation/remove.ts';
import { resizeImage } from '../../../src/engine/librbd/operation/resize.ts';
import { createSnap } from '../../../src/engine/librbd/operation/snap-create.ts';
import { protectSnap } from '../../../src/engine/librbd/operation/snap-protect.ts';
import { removeSnap } from '../../../src/engine/librbd/operation/snap-remove.ts';
import { rollbackSnap } from '../../../src/engine/librbd/operation/snap-rollback.ts';
import { createPool } from '../../../src/engine/mon/pool-create.ts';

export const MiB = 1024 * 1024;

/** A cluster with a pool `p` of images, driven by plain calls. */
export class RbdKit {
  readonly cluster = new Cluster(DEFAULT_SPEC);

  constructor(pgNum = 8) {
    createPool(this.cluster.monitor, { name: 'p', pgNum });
    this.cluster.pgs.sync();
  }

  create(name: string, size: number, order = 22): void {
    this.run(createImage(this.io(), name, size, { order }));
  }

  write(name: string, off: number, length: number): void {
    const source = { kind: 'random', seed: off + length } as const;
    this.on(name, (image) => writeImage(image, off, randomData(source, 0, length)));
  }

  discard(name: string, off: number, length: number): void {
    this.on(name, (image) => discardImage(image, off, length));
  }

  snap(name: string, snap: string): void {
    this.on(name, function* (image) {
      yield* createSnap(image, snap);
      yield* protectSnap(image, snap);
    });
  }

  plainSnap(name: string, snap: string): void {
    this.on(name, (image) => createSnap(image, snap));
  }

  removeSnap(name: string, snap: string): void {
    this.on(name, (image) => removeSnap(image, snap));
    this.cluster.run(this.cluster.settle());
  }

  rollback(name: string, snap: string): void {
    this.on(name, (image) => rollbackSnap(image, snap));
  }

  resize(name: string, size: number): void {
    this.on(name, (image) => resizeImage(image, size, true));
  }

  clone(parent: string, snapName: string, name: string, order = 22): void {
    const io = this.io();
    this.run(
      cloneImage({ io, imageName: parent, snapName }, io, name, {
        order,
        stripeUnit: 2 ** order,
        stripeCount: 1,
        cloneFormat: 1,
      }),
    );
  }

  flatten(name: string): void {
    this.on(name, (image) => flattenImage(image));
  }

  remove(name: string): void {
    this.run(removeImage(this.io(), { name }));
  }

  on<T>(name: string, body: (image: ImageCtx) => Task<T>): T {
    return this.run(withImage(this.io(), { name }, {}, body));
  }

  run<T>(task: Task<T>): T {
    return this.cluster.run(task);
  }

  io(): IoCtx {
    return this.cluster.connect().ioCtx('p');
  }
}
