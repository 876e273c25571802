import { NO_DATA, sliceData } from '../../engine/base/data.ts';
import { CephError, isErrno } from '../../engine/base/errno.ts';
import { type RecordStore, type Table, tableName } from '../../engine/base/records.ts';
import type { Task } from '../../engine/base/task.ts';
import type { Rados } from '../../engine/librados/rados.ts';
import { type ImageCrypto, setCrypto } from '../../engine/librbd/crypto/image-crypto.ts';
import { removeHandle } from '../../engine/librbd/handles.ts';
import type { ImageCtx } from '../../engine/librbd/image-ctx.ts';
import { discardImage, readImage, writeImage } from '../../engine/librbd/io/image-io.ts';
import { closeImage, type OpenOptions, openImage, rejoinImage } from '../../engine/librbd/open.ts';
import type { OpenFile } from '../process.ts';
import type { DeviceTable } from './dev-files.ts';

/** What names an image to map. */
export interface DeviceImage {
  readonly pool: string;
  readonly nspace: string;
  readonly image: string;
  readonly snap: string | null;
}

/** A mapped image, as the kernel lists it. */
export interface MappedDevice extends DeviceImage {
  readonly index: number;
  readonly imageId: string;
  readonly readOnly: boolean;
  /** The client that has the image open: the kernel's, or librbd's behind a device of type nbd. */
  readonly client: number;
  readonly type?: 'nbd';
  /** What unlocks the image, as the process behind the device has it in memory. */
  readonly crypto?: ImageCrypto;
}

export type DeviceType = 'krbd' | 'nbd';

export interface MapOptions {
  readonly readOnly: boolean;
  readonly type?: DeviceType;
  /** Sees the open image before there is a device: to unlock it. */
  readonly prepare?: (image: ImageCtx) => Task<void>;
}

/** As `rbd0`. */
function nameOf({ type, index }: MappedDevice): string {
  return `${type ?? 'rbd'}${index}`;
}

/** @ceph drivers/block/rbd.c RBD_ALLOC_SIZE_DEFAULT of Linux */
const ALLOC_BYTES = 65_536;

const DEVICES = tableName<MappedDevice>('shell/devices');

/** The open images behind the devices of a machine: all shells on it have the same kernel. */
const HANDLES = new WeakMap<RecordStore, Map<MappedDevice, ImageCtx>>();

/** What the devices need of the cluster. */
export interface DevicesHost {
  readonly records: RecordStore;
  connect(): Rados;
  rejoin(clientId: number): Rados;
  recall<T>(task: Task<T>): T | null;
}

/**
 * The kernel's table of mapped images. Each mapping is a client of its own that watches the image's header and
 * takes the exclusive lock at its first write. The table lies in the records: after a reload an image is still
 * mapped: its handle is made anew before each command, for the same client and so the same watch and lock.
 */
export class Devices implements DeviceTable {
  readonly #host: DevicesHost;
  readonly #table: Table<MappedDevice>;
  readonly #handles: Map<MappedDevice, ImageCtx>;

  constructor(host: DevicesHost) {
    this.#host = host;
    this.#table = host.records.table(DEVICES);
    this.#handles = HANDLES.get(host.records) ?? new Map<MappedDevice, ImageCtx>();
    HANDLES.set(host.records, this.#handles);
  }

  /** Those of a type, in order of their numbers. */
  list(type: DeviceType = 'krbd'): MappedDevice[] {
    return this.#all().filter((device) => (device.type ?? 'krbd') === type);
  }

  #all(): MappedDevice[] {
    return [...this.#table.values()].sort((a, b) => a.index - b.index);
  }

  names(): string[] {
    return this.#all().map(nameOf);
  }

  /** The device of a path such as `/dev/rbd0`. */
  find(path: string): MappedDevice | undefined {
    return this.#table.get(path.replace(/^\/dev\//, ''));
  }

  /** Maps an image; gives the device's path. Throws what opening it throws. */
  *map(image: DeviceImage, { readOnly, type = 'krbd', prepare }: MapOptions): Task<string> {
    const rados = this.#host.connect();
    const handle = yield* openHandle(rados, image, readOnly);
    if (prepare !== undefined) yield* closingAfterFailure(handle, prepare(handle));
    const device: MappedDevice = {
      ...image,
      index: this.#freeIndex(type, rados),
      imageId: handle.id,
      readOnly: readOnly || image.snap !== null,
      client: rados.clientId,
      ...(type === 'nbd' ? { type } : {}),
      ...(handle.crypto === null ? {} : { crypto: handle.crypto }),
    };
    this.#table.set(nameOf(device), device);
    this.#handles.set(device, handle);
    return `/dev/${nameOf(device)}`;
  }

  /** Kernels of then began with /dev/rbd1. */
  #freeIndex(type: DeviceType, rados: Rados): number {
    const used = new Set(this.list(type).map(({ index }) => index));
    let index = type === 'krbd' && rados.port.era.oldHeaders ? 1 : 0;
    while (used.has(index)) index++;
    return index;
  }

  /** Unmaps a device: its watch and its lock go. */
  *unmap(device: MappedDevice): Task<void> {
    const handle = yield* this.#handle(device);
    yield* closeImage(handle);
    this.#handles.delete(device);
    this.#table.delete(nameOf(device));
  }

  /**
   * Before each command: handles are made anew from the records, without time or cost. So a command does the same
   * whether the image was mapped in this session or before a reload or a travel in time.
   */
  rejoin(): void {
    this.forgetHandles();
    for (const device of this.#all()) {
      const handle = this.#recall(device);
      if (handle !== null) this.#handles.set(device, handle);
    }
  }

  #recall(device: MappedDevice): ImageCtx | null {
    try {
      return this.#host.recall(rejoinHandle(this.#host.rejoin(device.client), device));
    } catch (error) {
      // The image is gone: whoever uses the device is told so.
      if (error instanceof CephError) return null;
      throw error;
    }
  }

  /** After records were brought back (undo, travel in time): handles may know what is no longer so. */
  forgetHandles(): void {
    for (const handle of this.#handles.values()) removeHandle(handle);
    this.#handles.clear();
  }

  open(path: string): OpenFile | null {
    const device = this.find(path);
    return device === undefined || !path.startsWith('/dev/') ? null : this.#file(device);
  }

  #file(device: MappedDevice): OpenFile {
    const handle = (): Task<ImageCtx> => this.#handle(device);
    const size = (): number => this.sizeOf(device);
    return {
      kind: 'block',
      size,
      *readAt(off, length) {
        const image = yield* handle();
        const end = Math.min(off + length, image.dataSize);
        return end <= off ? NO_DATA : yield* orIoError(device, readImage(image, off, end - off));
      },
      *writeAt(off, data) {
        if (device.readOnly) throw new CephError('EPERM', `/dev/${nameOf(device)}`);
        const image = yield* handle();
        const fits = Math.max(0, Math.min(data.length, image.dataSize - off));
        if (fits > 0) yield* orIoError(device, writeImage(image, off, sliceData(data, 0, fits)));
        if (fits < data.length) throw new CephError('ENOSPC', `/dev/${nameOf(device)}`);
      },
      *truncate() {},
      *discard(off, length) {
        if (device.readOnly) throw new CephError('EPERM', `/dev/${nameOf(device)}`);
        const image = yield* handle();
        const to = Math.min(off + length, image.dataSize);
        if (device.type === 'nbd') return yield* orIoError(device, discardImage(image, off, to - off));
        // The kernel gives back whole steps of its alloc_size alone.
        const [from, end] = [Math.ceil(off / ALLOC_BYTES) * ALLOC_BYTES, Math.floor(to / ALLOC_BYTES) * ALLOC_BYTES];
        if (from < end) yield* orIoError(device, discardImage(image, from, end - from));
      },
      *close() {},
    };
  }

  /** Bytes of the device, as its handle last knew them; 0 while it is not open here. */
  sizeOf(device: MappedDevice): number {
    return this.#handles.get(device)?.dataSize ?? 0;
  }

  /** The open image of a device; opened anew, for the same client, where this session has not opened it itself. */
  *#handle(device: MappedDevice): Task<ImageCtx> {
    const open = this.#handles.get(device);
    if (open !== undefined) return open;
    const handle = yield* rejoinHandle(this.#host.rejoin(device.client), device);
    this.#handles.set(device, handle);
    return handle;
  }
}

/** A block device tells nothing but that it failed, where its client is shut out. */
function* orIoError<T>(device: MappedDevice, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (isErrno(error, 'EBLOCKLISTED')) throw new CephError('EIO', `/dev/${nameOf(device)}`);
    throw error;
  }
}

function* openHandle(rados: Rados, image: DeviceImage, readOnly: boolean): Task<ImageCtx> {
  const io = rados.ioCtx(image.pool, image.nspace);
  return yield* openImage(io, { name: image.image }, optionsOf(image, readOnly));
}

function* closingAfterFailure(handle: ImageCtx, task: Task<void>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    yield* closeImage(handle);
    throw error;
  }
}

function* rejoinHandle(rados: Rados, device: MappedDevice): Task<ImageCtx> {
  const handle = yield* rejoinImage(
    rados.ioCtx(device.pool, device.nspace),
    device.imageId,
    device.image,
    optionsOf(device, device.readOnly),
  );
  if (device.crypto !== undefined) setCrypto(handle, device.crypto);
  return handle;
}

function optionsOf({ snap }: DeviceImage, readOnly: boolean): OpenOptions {
  return snap === null ? { readOnly } : { readOnly, snapName: snap };
}
