import { CephError, cppStrerror, isErrno } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import { NOSNAP } from '../codec/snap.ts';
import { logError } from '../librados/error-log.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import { rejoinLock, releaseLock } from './exclusive-lock.ts';
import { addHandle, nextCookie, removeHandle } from './handles.ts';
import { ImageCtx, type ImageHeader, type ImageTarget, imageTarget } from './image-ctx.ts';
import { imageIdOf, imageNameOf } from './image-names.ts';
import { hasOldImage } from './old-format/detect.ts';
import { readHeaderOf } from './old-format/read-header.ts';
import { openReadOnly } from './refresh.ts';

export type { ImageTarget } from './image-ctx.ts';

export interface OpenOptions {
  /** Registers no watch, takes no lock, and refuses writes with EROFS. */
  readonly readOnly?: boolean;
  /** Reads from this snapshot (user namespace); implies no writing. ENOENT where there is none of that name. */
  readonly snapName?: string;
  /** The same by id, in any namespace. */
  readonly snapId?: number;
  /** Does not open the parent: for operations on the header alone. */
  readonly skipParent?: boolean;
  /** Opens the source of a migration for changes, which is EROFS else. */
  readonly ignoreMigrating?: boolean;
}

/**
 * Opens an image. ENOENT where there is none.
 *
 * @ceph src/librbd/image/OpenRequest.cc — exact; a handle for reading registers no watch
 */
export function* openImage(io: IoCtx, target: ImageTarget, options: OpenOptions = {}): Task<ImageCtx> {
  const image = yield* loggingShut(io, newHandle(io, target, options));
  if (!image.readOnly) addHandle(image);
  let opened = false;
  try {
    if (!image.readOnly) yield* io.operate(image.headerOid, [{ op: 'watch', cookie: image.cookie }]);
    yield* openReadOnly(image, options.skipParent === true && !needsSource(image, options));
    opened = true;
    return image;
  } catch (error) {
    yield* closeImage(image);
    throw error;
  } finally {
    if (!opened) desertImage(image);
  }
}

function* loggingShut<T>({ rados }: IoCtx, opened: Task<T>): Task<T> {
  try {
    return yield* opened;
  } catch (error) {
    if (error instanceof CephError && error.is('EBLOCKLISTED')) {
      const reason = cppStrerror(error.errno);
      logError(rados, 'librbd::image::OpenRequest', `failed to stat v2 image header: ${reason}`);
      logError(rados, '*librbd::ImageState', `failed to open image: ${reason}`);
    }
    throw error;
  }
}

/** An image that reads through to a file opens only as long as the file is there, but to be given up. */
function needsSource({ header }: ImageCtx, { ignoreMigrating }: OpenOptions): boolean {
  return ignoreMigrating !== true && (header.migration?.source.foreign ?? '') !== '';
}

/**
 * An image as a client has it that opened it before a reload or a travel in time: its watch is there already, and
 * its lock where it holds that. Only reads. ENOENT where the image is gone.
 */
export function* rejoinImage(io: IoCtx, id: string, name: string, options: OpenOptions): Task<ImageCtx> {
  const image = yield* newHandle(io, imageTarget(id, name), options);
  if (!image.readOnly) addHandle(image);
  yield* openReadOnly(image, false);
  if (!image.readOnly) yield* rejoinLock(image);
  return image;
}

function* newHandle(io: IoCtx, target: ImageTarget, options: OpenOptions): Task<ImageCtx> {
  const id = 'id' in target ? target.id : target.oldFormat === true ? '' : yield* idOrOldFormat(io, target.name);
  const name = 'id' in target ? yield* imageNameOf(io, id) : target.name;
  const header = yield* readHeaderOf(io, id, name);
  const snapId = snapIdOf(header, options);
  const readOnly = options.readOnly === true || snapId !== NOSNAP;
  if (!readOnly && header.migrationSource === true && options.ignoreMigrating !== true) {
    throw new CephError('EROFS', 'image being migrated');
  }
  return new ImageCtx(io, id, name, header, { snapId, readOnly, cookie: readOnly ? 0 : nextCookie(io.rados) });
}

/** Empty for an image of format 1. ENOENT where there is neither. */
function* idOrOldFormat(io: IoCtx, name: string): Task<string> {
  try {
    return yield* imageIdOf(io, name);
  } catch (error) {
    if (isErrno(error, 'ENOENT') && (yield* hasOldImage(io, name))) return '';
    throw error;
  }
}

/** Gives up lock and watch, and closes the parents. Who is shut out has lost them already. */
export function* closeImage(image: ImageCtx): Task<void> {
  if (image.closed) return;
  image.closed = true;
  try {
    yield* closeOpen(image);
  } catch (error) {
    if (!isErrno(error, 'EBLOCKLISTED')) throw error;
    removeHandle(image);
  }
}

function* closeOpen(image: ImageCtx): Task<void> {
  yield* releaseLock(image);
  if (image.readOnly) return;
  removeHandle(image);
  try {
    yield* image.io.operate(image.headerOid, [{ op: 'unwatch', cookie: image.cookie }]);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/**
 * Opens an image, runs `body` with it, and closes it, also after an error. A task that is dropped leaves the image as
 * a client that died.
 */
export function* withImage<T>(
  io: IoCtx,
  target: ImageTarget,
  options: OpenOptions,
  body: (image: ImageCtx) => Task<T>,
): Task<T> {
  return yield* closingImage(yield* openImage(io, target, options), body);
}

/** Runs `body` with an image that is open, and closes it as {@link withImage} does. */
export function* closingImage<T>(image: ImageCtx, body: (image: ImageCtx) => Task<T>): Task<T> {
  try {
    const value = yield* closingAfterError(image, body);
    yield* closeImage(image);
    return value;
  } finally {
    desertImage(image);
  }
}

function* closingAfterError<T>(image: ImageCtx, body: (image: ImageCtx) => Task<T>): Task<T> {
  try {
    return yield* body(image);
  } catch (error) {
    yield* closeImage(image);
    throw error;
  }
}

/** Leaves an image that is still open as a client that dies: its watch times out, then its lock can be broken. */
function desertImage(image: ImageCtx): void {
  if (image.readOnly || !removeHandle(image)) return;
  image.closed = true;
  image.io.rados.port.clientDied(image.io.rados.clientId);
}

function snapIdOf(header: ImageHeader, { snapName, snapId }: OpenOptions): number {
  if (snapId !== undefined) return knownSnapId(header, snapId);
  if (snapName === undefined) return NOSNAP;
  const snap = header.snaps.find(({ namespace, name }) => namespace.type === 'user' && name === snapName);
  if (snap === undefined) throw new CephError('ENOENT', `failed to find snapshot ${snapName}`);
  return snap.id;
}

function knownSnapId({ snaps }: ImageHeader, snapId: number): number {
  if (snapId !== NOSNAP && !snaps.some(({ id }) => id === snapId)) {
    throw new CephError('ENOENT', `failed to find snapshot id ${snapId}`);
  }
  return snapId;
}
