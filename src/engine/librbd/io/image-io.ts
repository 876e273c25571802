import { concatData, type Data, fillData, NO_DATA, sliceData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdHeader } from '../../codec/cls-rbd-methods.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { cryptoOf, sealWrite } from '../crypto/object-crypto.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journalDiscard, journalDone, journalWrite } from '../journal/journal-io.ts';
import { refreshIfStale } from '../refresh.ts';
import type { ObjectChange } from './object-change.ts';
import { discardChange } from './object-discard.ts';
import { readExtent } from './object-read.ts';
import { changeObject, changeObjects } from './object-write.ts';
import { readAll } from './read-all.ts';
import { type ImageExtent, imageToObjects, objectToImage } from './striper.ts';

/** Discards are cut to whole multiples of this, and left out where nothing is left: `rbd_discard_granularity_bytes`. */
export const DISCARD_GRANULARITY_BYTES = 65_536;
/** `rbd_mtime_update_interval` and `rbd_atime_update_interval`: 60 s. */
const TIMESTAMP_INTERVAL_US = 60_000_000;

/** Reads; what lies beyond the end is cut off. Holes stay holes. */
export function* readImage(image: ImageCtx, off: number, length: number): Task<Data> {
  yield* refreshIfStale(image);
  const len = clip(image, off, length);
  if (len === 0) return NO_DATA;
  yield* beforeReading(image);
  return yield* readExtent(image, image.dataOffset + off, len);
}

/** {@link readImage} of stretches beside each other. */
export function* readImages(image: ImageCtx, stretches: readonly ImageExtent[]): Task<readonly Data[]> {
  if (stretches.length === 0) return [];
  yield* refreshIfStale(image);
  const groups = stretches.map(({ off, len }) => [{ off: image.dataOffset + off, len: clip(image, off, len) }]);
  yield* beforeReading(image);
  return yield* readAll(image, groups);
}

/** Writes; EINVAL from beyond the end, EROFS where the image is open for reading only. Cut off at the end. */
export function* writeImage(image: ImageCtx, off: number, data: Data): Task<void> {
  yield* changeImage(image, off, data.length, function* (at, len) {
    const fitting = sliceData(data, 0, len);
    const entries = yield* journalWrite(image, at, fitting);
    yield* writeSealed(image, at, fitting);
    yield* journalDone(image, entries);
  });
}

/**
 * {@link writeImage} of pieces in order that do not overlap, beside each other. Encrypted images and those with a journal get
 * one after the other.
 */
export function* writeImages(image: ImageCtx, pieces: readonly ImagePiece[]): Task<void> {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return;
  if (image.crypto !== null || image.has(FEATURE.JOURNALING)) {
    for (const { off, data } of pieces) yield* writeImage(image, off, data);
    return;
  }
  yield* changeImage(image, first.off, last.off + last.data.length - first.off, function* (at, len) {
    const end = at - image.dataOffset + len;
    const fitting = pieces.map(({ off, data }) => ({
      off,
      data: sliceData(data, 0, Math.min(data.length, end - off)),
    }));
    yield* changeObjects(
      image,
      fitting.flatMap(({ off, data }) => writeChanges(image, image.dataOffset + off, data)),
    );
  });
}

/** What an image is to have from a place on. */
export interface ImagePiece {
  readonly off: number;
  readonly data: Data;
}

/** Writes what is encrypted already, or need not be: `at` counts from the image's very start. */
export function* writeRaw(image: ImageCtx, at: number, data: Data): Task<void> {
  for (const change of writeChanges(image, at, data)) yield* changeObject(image, change);
}

function writeChanges(image: ImageCtx, at: number, data: Data): ObjectChange[] {
  return imageToObjects(image.layout, at, data.length).map(({ objectNo, off, parts }) => {
    const part = concatData(parts.map((each) => sliceData(data, each.off - at, each.len)));
    return writeChange(image, objectNo, off, part);
  });
}

/** Writes into an image as it is read: encrypted where it is. `at` counts from the image's very start. */
export function* writeSealed(image: ImageCtx, at: number, data: Data): Task<void> {
  const { crypto } = image;
  if (crypto === null) return yield* writeRaw(image, at, data);
  const sealed = yield* sealWrite(crypto, at, data, (off, len) => readExtent(image, off, len));
  yield* writeRaw(image, sealed.off, sealed.data);
}

/**
 * What is freed of an encrypted image is overwritten with encrypted zeros, which others cannot tell from data. False for a plain one.
 *
 * @ceph src/librbd/crypto/CryptoObjectDispatch.cc discard — exact
 */
export function* zeroSealed(image: ImageCtx, objectNo: number, off: number, len: number): Task<boolean> {
  if (cryptoOf(image, objectNo) === null) return false;
  for (const part of objectToImage(image.layout, objectNo, off, len)) {
    yield* writeSealed(image, part.off, fillData(part.len));
  }
  return true;
}

/** Frees a range, in whole steps of 64 KiB (or objects, where they are smaller) alone; it reads as zeros after. */
export function* discardImage(image: ImageCtx, off: number, length: number): Task<void> {
  yield* discardRange(image, off, length, DISCARD_GRANULARITY_BYTES);
}

/** Writes zeros, freeing what can be freed. */
export function* writeZeroesImage(image: ImageCtx, off: number, length: number): Task<void> {
  yield* discardRange(image, off, length, 0);
}

/** Frees a range, but no piece of an object that is smaller than `granularity`. @ceph src/librbd/io/ImageRequest.cc ImageDiscardRequest — exact */
export function* discardRange(image: ImageCtx, off: number, length: number, granularity: number): Task<void> {
  yield* changeImage(image, off, length, function* (at, len) {
    const entries = yield* journalDiscard(image, { offset: at, length: len, granularity });
    for (const piece of imageToObjects(image.layout, at, len)) {
      const kept = alignDiscard(piece.off, piece.len, granularity, image.objectSize);
      if (kept.len === 0 || (yield* zeroSealed(image, piece.objectNo, kept.off, kept.len))) continue;
      const options = { keepHiding: true, updatesMap: true };
      yield* changeObject(image, discardChange(image, piece.objectNo, kept.off, kept.len, options));
    }
    yield* journalDone(image, entries);
  });
}

/** @ceph src/librbd/io/ImageRequest.cc ImageDiscardRequest::prune_object_extents — exact */
function alignDiscard(off: number, len: number, granularity: number, objectSize: number): { off: number; len: number } {
  const step = Math.min(granularity, objectSize);
  const end = off + len;
  if (step === 0 || (step === objectSize && end >= objectSize)) return { off, len };
  const from = Math.ceil(off / step) * step;
  const to = Math.floor(end / step) * step;
  return { off: from, len: Math.max(0, to - from) };
}

/** What every change does: read the header where it is stale, take the lock, set the time. The body is told a place that counts from the image's very start. */
export function* changeImage(
  image: ImageCtx,
  off: number,
  length: number,
  body: (off: number, len: number) => Task<void>,
): Task<void> {
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* refreshIfStale(image);
  const len = clip(image, off, length);
  if (len === 0) return;
  yield* acquireLock(image, 'wait');
  yield* touchModify(image);
  image.busy++;
  try {
    yield* body(image.dataOffset + off, len);
  } finally {
    image.busy--;
  }
}

export function writeChange(image: ImageCtx, objectNo: number, off: number, data: Data): ObjectChange {
  const fullObject = off === 0 && data.length === image.objectSize;
  const ops: OsdOp[] = [fullObject ? { op: 'write-full', data } : { op: 'write', off, data }];
  return { objectNo, ops, fullObject, removes: false, discards: false, empty: false, updatesMap: true };
}

function* beforeReading(image: ImageCtx): Task<void> {
  if (image.readOnly) return;
  yield* lockForReading(image);
  yield* touchAccess(image);
}

/**
 * What a journal has and the image not yet is to be read too: whoever may write plays it back first. An image that is
 * nobody's is read as it is.
 *
 * @ceph src/librbd/ExclusiveLock.cc, exclusive_lock/ImageDispatch.cc set_require_lock — exact
 */
function* lockForReading(image: ImageCtx): Task<void> {
  if (!image.has(FEATURE.JOURNALING) || image.locked || image.has(FEATURE.NON_PRIMARY)) return;
  yield* acquireLock(image, 'wait');
}

/** @ceph src/librbd/internal.cc clip_io — exact */
function clip(image: ImageCtx, off: number, length: number): number {
  if (length === 0) return 0;
  if (off >= image.dataSize) throw new CephError('EINVAL', `${off} is beyond the end of ${image.name}`);
  return Math.min(length, image.dataSize - off);
}

/** @ceph src/librbd/io/ImageRequest.cc update_timestamp — exact: not within 60 s of the last */
function* touchModify(image: ImageCtx): Task<void> {
  const { header, io } = image;
  if (io.rados.port.era.oldHeaders) return;
  const now_us = io.rados.now_us();
  if (now_us < header.modified_us + TIMESTAMP_INTERVAL_US) return;
  yield* io.exec(image.headerOid, clsRbdHeader.setModifyTimestamp, undefined);
  image.header = { ...header, modified_us: now_us };
}

function* touchAccess(image: ImageCtx): Task<void> {
  const { header, io } = image;
  if (io.rados.port.era.oldHeaders) return;
  const now_us = io.rados.now_us();
  if (now_us < header.accessed_us + TIMESTAMP_INTERVAL_US) return;
  yield* io.exec(image.headerOid, clsRbdHeader.setAccessTimestamp, undefined);
  image.header = { ...header, accessed_us: now_us };
}
