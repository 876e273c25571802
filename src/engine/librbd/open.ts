import { CephError, isErrno } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import { NOSNAP } from '../codec/snap.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import { releaseLock } from './exclusive-lock.ts';
import { addHandle, nextCookie, removeHandle } from './handles.ts';
import { ImageCtx, type ImageHeader } from './image-ctx.ts';
import { imageIdOf, imageNameOf } from './image-names.ts';
import { readHeader } from './read-header.ts';
import { openReadOnly } from './refresh.ts';

export interface OpenOptions {
  /** Registers no watch, takes no lock, and refuses writes with EROFS. */
  readonly readOnly?: boolean;
  /** Reads from this snapshot (user namespace); implies no writing. ENOENT where there is none of that name. */
  readonly snapName?: string;
  /** The same by id, in any namespace. */
  readonly snapId?: number;
  /** Does not open the parent: for operations on the header alone. */
  readonly skipParent?: boolean;
}

/** An image by its name, or by its id (also in the trash). */
export type ImageTarget = { readonly name: string } | { readonly id: string };

/**
 * Opens an image. ENOENT where there is none.
 *
 * @ceph src/librbd/image/OpenRequest.cc — exact for format 2; a handle for reading registers no watch
 */
export function* openImage(io: IoCtx, target: ImageTarget, options: OpenOptions = {}): Task<ImageCtx> {
  const id = 'id' in target ? target.id : yield* imageIdOf(io, target.name);
  const header = yield* readHeader(io, id);
  const name = 'id' in target ? yield* imageNameOf(io, id) : target.name;
  const snapId = snapIdOf(header, options);
  const readOnly = options.readOnly === true || snapId !== NOSNAP;
  const cookie = readOnly ? 0 : nextCookie(io.rados);
  const image = new ImageCtx(io, id, name, header, { snapId, readOnly, cookie });
  if (!readOnly) {
    yield* io.operate(image.headerOid, [{ op: 'watch', cookie }]);
    addHandle(image);
  }
  return yield* openReadOnly(image, options.skipParent === true);
}

/** Gives up lock and watch, and closes the parents. */
export function* closeImage(image: ImageCtx): Task<void> {
  if (image.closed) return;
  image.closed = true;
  yield* releaseLock(image);
  if (image.readOnly) return;
  removeHandle(image);
  try {
    yield* image.io.operate(image.headerOid, [{ op: 'unwatch', cookie: image.cookie }]);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** Opens an image, runs `body` with it, and closes it, also after an error (not when the task is dropped). */
export function* withImage<T>(
  io: IoCtx,
  target: ImageTarget,
  options: OpenOptions,
  body: (image: ImageCtx) => Task<T>,
): Task<T> {
  const image = yield* openImage(io, target, options);
  let value: T;
  try {
    value = yield* body(image);
  } catch (error) {
    yield* closeImage(image);
    throw error;
  }
  yield* closeImage(image);
  return value;
}

function snapIdOf(header: ImageHeader, { snapName, snapId }: OpenOptions): number {
  if (snapId !== undefined) return snapId;
  if (snapName === undefined) return NOSNAP;
  const snap = header.snaps.find(({ namespace, name }) => namespace.type === 'user' && name === snapName);
  if (snap === undefined) throw new CephError('ENOENT', `failed to find snapshot ${snapName}`);
  return snap.id;
}
