import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalBytes } from '../../src/engine/base/bytes.ts';
import { bytesOfData, fillData } from '../../src/engine/base/data.ts';
import type { Task } from '../../src/engine/base/task.ts';
import type { Cluster } from '../../src/engine/cluster/cluster.ts';
import { FEATURE } from '../../src/engine/codec/rbd-types.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import { FEATURES_DEFAULT } from '../../src/engine/librbd/features.ts';
import type { ImageCtx } from '../../src/engine/librbd/image-ctx.ts';
import { discardImage, readImage, writeImage, writeZeroesImage } from '../../src/engine/librbd/io/image-io.ts';
import { openImage, withImage } from '../../src/engine/librbd/open.ts';
import { cloneImage } from '../../src/engine/librbd/operation/clone.ts';
import { createImage } from '../../src/engine/librbd/operation/create.ts';
import { flattenImage } from '../../src/engine/librbd/operation/flatten.ts';
import { initPool } from '../../src/engine/librbd/operation/pool-init.ts';
import { resizeImage } from '../../src/engine/librbd/operation/resize.ts';
import { createSnap } from '../../src/engine/librbd/operation/snap-create.ts';
import { removeSnap } from '../../src/engine/librbd/operation/snap-remove.ts';
import { rollbackSnap } from '../../src/engine/librbd/operation/snap-rollback.ts';
import { smallCluster } from '../helpers/cluster.ts';

/** How often; a failure prints its seed, which `PROPERTY_SEED` takes. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 2000);
const STEPS = 60;

const MAX_IMAGES = 5;
const MAX_SNAPS = 4;
const MAX_SIZE = 5 * 4096;
/** Off object borders as often as on them. */
const SIZES = [4096, 6000, 8192, 12_288, 13_001, 16_384, 20_000, 20_480];

/** Which features and striping images are made with. */
const KINDS = [
  { features: FEATURES_DEFAULT, order: 12 },
  { features: FEATURE.LAYERING, order: 12 },
  { features: FEATURES_DEFAULT & ~FEATURE.DEEP_FLATTEN, order: 12 },
  { features: FEATURE.LAYERING | FEATURE.EXCLUSIVE_LOCK | FEATURE.OBJECT_MAP, order: 13 },
  { features: FEATURES_DEFAULT, order: 12, stripeUnit: 1024, stripeCount: 3 },
];

/** An image as flat bytes. */
interface Model {
  readonly name: string;
  readonly kind: (typeof KINDS)[number];
  head: Uint8Array;
  snaps: { name: string; bytes: Uint8Array }[];
}

/** What a step does, and three numbers that it picks image, place and size by. */
const OPS = [
  'nothing',
  'write',
  'write',
  'write',
  'write-whole',
  'discard',
  'write-zeroes',
  'snap-create',
  'snap-create',
  'snap-remove',
  'rollback',
  'clone',
  'clone',
  'flatten',
  'resize',
  'check',
] as const;
const step = fc.tuple(fc.constantFrom(...OPS), fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000), fc.boolean());

/** A pool with images, and what they should hold. */
class World {
  readonly images: Model[] = [];
  readonly #cluster: Cluster;
  readonly #ios: readonly IoCtx[];
  readonly #handles = new Map<string, ImageCtx>();
  #made = 0;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#ios = [0, 1].map(() => cluster.connect().ioCtx('p'));
    this.create(0, 3);
  }

  step(op: (typeof OPS)[number], a: number, b: number, c: number, other: boolean): void {
    const image = this.images[a % this.images.length];
    if (image === undefined || op === 'nothing') return;
    const handle = this.#handle(image, other);
    const snap = image.snaps[b % Math.max(1, image.snaps.length)];
    if (op === 'check') this.#check(image, handle);
    else if (op === 'clone') this.clone(image, snap, c);
    else if (op === 'snap-create') this.snapCreate(image, handle);
    else if (op === 'snap-remove') this.snapRemove(image, handle, snap);
    else if (op === 'rollback') this.rollback(image, handle, snap);
    else if (op === 'flatten') this.flatten(handle);
    else if (op === 'resize') this.resize(image, handle, c);
    else this.change(op, image, handle, b, c);
  }

  create(kind: number, size: number): void {
    const name = `i${this.#made++}`;
    const options = KINDS[kind % KINDS.length] ?? KINDS[0];
    const bytes = SIZES[size % SIZES.length] ?? MAX_SIZE;
    this.#run(createImage(this.#io(0), name, bytes, options));
    this.images.push({ name, kind: options as Model['kind'], head: new Uint8Array(bytes), snaps: [] });
  }

  clone(image: Model, snap: Model['snaps'][number] | undefined, c: number): void {
    if (this.images.length >= MAX_IMAGES) return;
    if (snap === undefined) {
      this.create(c, c >> 3);
      return;
    }
    const name = `i${this.#made++}`;
    const kind = KINDS[c % KINDS.length] as Model['kind'];
    const source = { io: this.#io(0), imageName: image.name, snapName: snap.name };
    this.#run(cloneImage(source, this.#io(1), name, { stripeUnit: 0, stripeCount: 0, ...kind, cloneFormat: 2 }));
    this.images.push({ name, kind, head: snap.bytes.slice(), snaps: [] });
  }

  snapCreate(image: Model, handle: ImageCtx): void {
    if (image.snaps.length >= MAX_SNAPS) return;
    const name = `s${this.#made++}`;
    this.#run(createSnap(handle, name));
    image.snaps.push({ name, bytes: image.head.slice() });
  }

  snapRemove(image: Model, handle: ImageCtx, snap: Model['snaps'][number] | undefined): void {
    if (snap === undefined) return;
    this.#run(removeSnap(handle, snap.name));
    image.snaps = image.snaps.filter((each) => each !== snap);
  }

  rollback(image: Model, handle: ImageCtx, snap: Model['snaps'][number] | undefined): void {
    if (snap === undefined) return;
    this.#run(rollbackSnap(handle, snap.name));
    image.head = snap.bytes.slice();
  }

  flatten(handle: ImageCtx): void {
    if (handle.header.parentOverlap !== null && !handle.stale) this.#run(flattenImage(handle));
  }

  resize(image: Model, handle: ImageCtx, c: number): void {
    const size = SIZES[c % SIZES.length] ?? MAX_SIZE;
    this.#run(resizeImage(handle, size, true));
    const head = new Uint8Array(size);
    head.set(image.head.subarray(0, size));
    image.head = head;
  }

  change(op: (typeof OPS)[number], image: Model, handle: ImageCtx, b: number, c: number): void {
    const objectSize = 2 ** image.kind.order;
    const whole = op === 'write-whole' || (op === 'discard' && c % 2 === 0);
    const off = whole ? Math.floor((b % image.head.length) / objectSize) * objectSize : b % image.head.length;
    const len = Math.min(image.head.length - off, whole ? objectSize : 1 + (c % 6000));
    const fill = 1 + (c % 255);
    if (op === 'discard') {
      this.#run(discardImage(handle, off, len));
      this.#zeroWholeObjects(image, off, len);
    } else if (op === 'write-zeroes') {
      this.#run(writeZeroesImage(handle, off, len));
      image.head.fill(0, off, off + len);
    } else {
      this.#run(writeImage(handle, off, fillData(len, fill)));
      image.head.fill(fill, off, off + len);
    }
  }

  /** All images, at the head and at every snapshot. */
  checkAll(): void {
    for (const image of this.images) {
      this.#check(image, this.#handle(image, false));
      for (const snap of image.snaps) this.#checkSnap(image, snap);
    }
  }

  /** Of objects this small a discard frees what it covers up to an object's end, and leaves the rest. */
  #zeroWholeObjects(image: Model, off: number, len: number): void {
    const { order, stripeUnit = 2 ** order, stripeCount = 1 }: Layout = image.kind;
    const size = 2 ** order;
    const covered = new Map<number, Uint8Array>();
    for (let at = off; at < off + len; at++) {
      const [objectNo, within] = place(at, size, stripeUnit, stripeCount);
      const bytes = covered.get(objectNo) ?? new Uint8Array(size);
      covered.set(objectNo, bytes);
      bytes[within] = 1;
    }
    for (let at = off; at < off + len; at++) {
      const [objectNo, within] = place(at, size, stripeUnit, stripeCount);
      if ((covered.get(objectNo)?.indexOf(0, within) ?? 0) === -1) image.head[at] = 0;
    }
  }

  #check(image: Model, handle: ImageCtx): void {
    const bytes = bytesOfData(this.#run(readImage(handle, 0, image.head.length)), 0, image.head.length);
    expect(handle.size).toBe(image.head.length);
    if (!equalBytes(bytes, image.head)) expect([image.name, bytes]).toEqual([image.name, image.head]);
  }

  #checkSnap(image: Model, { name, bytes }: Model['snaps'][number]): void {
    const read = this.#run(
      withImage(this.#io(0), { name: image.name }, { snapName: name }, (at) => readImage(at, 0, bytes.length)),
    );
    const found = bytesOfData(read, 0, bytes.length);
    if (!equalBytes(found, bytes)) expect([image.name, name, found]).toEqual([image.name, name, bytes]);
  }

  /** Two clients have each image open, and take the lock from each other. */
  #handle(image: Model, other: boolean): ImageCtx {
    const key = `${image.name}/${other}`;
    let handle = this.#handles.get(key);
    if (handle === undefined) {
      handle = this.#run(openImage(this.#io(other ? 1 : 0), { name: image.name }));
      this.#handles.set(key, handle);
    }
    return handle;
  }

  #io(index: 0 | 1): IoCtx {
    const io = this.#ios[index];
    if (io === undefined) throw new Error('no client');
    return io;
  }

  #run<T>(task: Task<T>): T {
    return this.#cluster.run(task);
  }
}

interface Layout {
  readonly order: number;
  readonly stripeUnit?: number;
  readonly stripeCount?: number;
}

function place(at: number, size: number, unit: number, count: number): [objectNo: number, within: number] {
  const period = size * count;
  const inPeriod = at % period;
  const stripe = Math.floor(inPeriod / (unit * count));
  const inStripe = inPeriod % (unit * count);
  const objectNo = Math.floor(at / period) * count + Math.floor(inStripe / unit);
  return [objectNo, stripe * unit + (inStripe % unit)];
}

test('images read as flat bytes do, at the head and at every snapshot', { timeout: 600_000 }, () => {
  const cluster = smallCluster();
  cluster.run(initPool(cluster.connect().ioCtx('p')));
  cluster.records.commit();
  const history = fc.array(step, { minLength: STEPS, maxLength: STEPS });
  fc.assert(
    fc.property(history, (steps) => {
      try {
        const world = new World(cluster);
        for (const each of steps) {
          if (process.env.PROPERTY_TRACE !== undefined) console.log(JSON.stringify(each));
          world.step(...each);
        }
        world.checkAll();
      } finally {
        cluster.records.rollback();
        cluster.resume();
      }
    }),
    { numRuns: RUNS, endOnFailure: process.env.PROPERTY_QUICK !== undefined },
  );
});
