import { bytesData, bytesOfData, type Data } from '../../../../src/engine/base/data.ts';
import { CephError } from '../../../../src/engine/base/errno.ts';
import type { Task } from '../../../../src/engine/base/task.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { bitAt } from '../../../../src/engine/codec/bit-vector.ts';
import { clsRbdObjectMap } from '../../../../src/engine/codec/cls-rbd-methods.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../../../src/engine/librbd/image-ctx.ts';
import { readImage, writeImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { objectMapName } from '../../../../src/engine/librbd/object-names.ts';
import { type OpenOptions, withImage } from '../../../../src/engine/librbd/open.ts';
import { type CloneOptions, cloneImage } from '../../../../src/engine/librbd/operation/clone.ts';
import { type CreateOptions, createImage } from '../../../../src/engine/librbd/operation/create.ts';
import { initPool } from '../../../../src/engine/librbd/operation/pool-init.ts';
import { createSnap } from '../../../../src/engine/librbd/operation/snap-create.ts';
import { protectSnap } from '../../../../src/engine/librbd/operation/snap-protect.ts';
import { smallCluster } from '../../../helpers/cluster.ts';

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** A cluster with a pool, and the shortest words for what the tests do with images. */
export class Bench {
  readonly cluster: Cluster = smallCluster();

  constructor() {
    this.run(initPool(this.io()));
  }

  /** Each call is a new client, as each command is. */
  io(pool = 'p'): IoCtx {
    return this.cluster.connect().ioCtx(pool);
  }

  run<T>(task: Task<T>): T {
    return this.cluster.run(task);
  }

  /** The errno that a task fails with; 0 where it does not. */
  errno(task: Task<unknown>): number {
    try {
      this.run(task);
      return 0;
    } catch (error) {
      if (error instanceof CephError) return error.errno;
      throw error;
    }
  }

  with<T>(name: string, body: (image: ImageCtx) => Task<T>, options: OpenOptions = {}): T {
    return this.run(withImage(this.io(), { name }, options, body));
  }

  create(name: string, size: number, options: CreateOptions = {}): string {
    return this.run(createImage(this.io(), name, size, options));
  }

  write(name: string, off: number, data: Data): void {
    this.with(name, (image) => writeImage(image, off, data));
  }

  read(name: string, snapName?: string): Uint8Array {
    const body = (image: ImageCtx): Task<Data> => readImage(image, 0, image.size);
    return bytesOfData(this.with(name, body, snapName === undefined ? { readOnly: true } : { snapName }));
  }

  snap(name: string, snap: string, isProtected = false): void {
    this.with(name, (image) => createSnap(image, snap));
    if (isProtected) this.with(name, (image) => protectSnap(image, snap));
  }

  clone(parent: string, snapName: string, name: string, options: CloneOptions = {}): string {
    return this.run(cloneImage({ io: this.io(), imageName: parent, snapName }, this.io(), name, options));
  }

  /** The states of an object map, one digit an object. */
  map(id: string, snapId?: number): string {
    const bits = this.run(this.io().exec(objectMapName(id, snapId), clsRbdObjectMap.load, undefined));
    return Array.from({ length: bits.size }, (_, no) => bitAt(bits, no)).join('');
  }

  /** Names of the pool's objects, sorted, after snapshots are trimmed. */
  objects(): string[] {
    this.run(this.cluster.settle(60_000_000));
    return this.run(this.io().list())
      .map(({ oid }) => oid)
      .sort();
  }

  /** An object's clones as `rados listsnaps` shows them. */
  listing(oid: string): string[] {
    return this.run(this.io().listSnaps(oid)).clones.map(({ id, snaps, size, overlap }) => {
      const ranges = overlap.map(({ off, len }) => `${off}~${len}`).join(',');
      return id === NOSNAP ? `head ${size}` : `${id} ${snaps.join(',')} ${size} [${ranges}]`;
    });
  }
}

/** Bytes that tell where they stand. */
export function pattern(length: number, seed: number): Data {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (seed * 31 + (i >> 4) * 7 + i) & 0xff || 1;
  return bytesData(bytes);
}
