import { concatData, type Data, NO_DATA, sliceData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdHeader } from '../../codec/cls-rbd-methods.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journalDiscard, journalWrite } from '../journal/journal-io.ts';
import { refreshIfStale } from '../refresh.ts';
import type { ObjectChange } from './object-change.ts';
import { discardChange } from './object-discard.ts';
import { readExtent } from './object-read.ts';
import { changeObject } from './object-write.ts';
import { imageToObjects } from './striper.ts';

/** Discards are cut to whole multiples of this, and left out where nothing is left: `rbd_discard_granularity_bytes`. */
export const DISCARD_GRANULARITY_BYTES = 65_536;
/** `rbd_mtime_update_interval` and `rbd_atime_update_interval`: 60 s. */
const TIMESTAMP_INTERVAL_US = 60_000_000;

/** Reads; what lies beyond the end is cut off. Holes stay holes. */
export function* readImage(image: ImageCtx, off: number, length: number): Task<Data> {
  yield* refreshIfStale(image);
  const len = clip(image, off, length);
  if (len === 0) return NO_DATA;
  if (!image.readOnly) yield* touchAccess(image);
  return yield* readExtent(image, off, len);
}

/** Writes; EINVAL from beyond the end, EROFS where the image is open for reading only. Cut off at the end. */
export function* writeImage(image: ImageCtx, off: number, data: Data): Task<void> {
  yield* changeImage(image, off, data.length, function* (at, len) {
    if (image.has(FEATURE.JOURNALING)) yield* journalWrite(image, at, sliceData(data, at - off, len));
    for (const piece of imageToObjects(image.layout, at, len)) {
      const part = concatData(piece.parts.map((each) => sliceData(data, each.off - off, each.len)));
      yield* changeObject(image, writeChange(image, piece.objectNo, piece.off, part));
    }
  });
}

/** Frees a range, in whole steps of 64 KiB (or objects, where they are smaller) alone; it reads as zeros after. */
export function* discardImage(image: ImageCtx, off: number, length: number): Task<void> {
  yield* discardRange(image, off, length, DISCARD_GRANULARITY_BYTES);
}

/** Writes zeros, freeing what can be freed. */
export function* writeZeroesImage(image: ImageCtx, off: number, length: number): Task<void> {
  yield* discardRange(image, off, length, 0);
}

/** @ceph src/librbd/io/ImageRequest.cc ImageDiscardRequest — exact */
function* discardRange(image: ImageCtx, off: number, length: number, granularity: number): Task<void> {
  yield* changeImage(image, off, length, function* (at, len) {
    if (image.has(FEATURE.JOURNALING)) yield* journalDiscard(image, at, len, granularity);
    for (const piece of imageToObjects(image.layout, at, len)) {
      const kept = alignDiscard(piece.off, piece.len, granularity, image.objectSize);
      if (kept.len === 0) continue;
      const options = { keepHiding: true, updatesMap: true };
      yield* changeObject(image, discardChange(image, piece.objectNo, kept.off, kept.len, options));
    }
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

/** What every change does: read the header where it is stale, take the lock, set the time. */
function* changeImage(
  image: ImageCtx,
  off: number,
  length: number,
  body: (off: number, len: number) => Task<void>,
): Task<void> {
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* refreshIfStale(image);
  const len = clip(image, off, length);
  if (len === 0) return;
  yield* acquireLock(image);
  yield* touchModify(image);
  image.busy++;
  try {
    yield* body(off, len);
  } finally {
    image.busy--;
  }
}

function writeChange(image: ImageCtx, objectNo: number, off: number, data: Data): ObjectChange {
  const fullObject = off === 0 && data.length === image.objectSize;
  const ops: OsdOp[] = [fullObject ? { op: 'write-full', data } : { op: 'write', off, data }];
  return { objectNo, ops, fullObject, removes: false, discards: false, empty: false, updatesMap: true };
}

/** @ceph src/librbd/internal.cc clip_io — exact */
function clip(image: ImageCtx, off: number, length: number): number {
  if (length === 0) return 0;
  if (off >= image.size) throw new CephError('EINVAL', `${off} is beyond the end of ${image.name}`);
  return Math.min(length, image.size - off);
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
