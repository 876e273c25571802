import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { type BitVector, bitAt, fillBits, makeBitVector } from '../../codec/bit-vector.ts';
import { clsRbdHeader, clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import type { SnapListing } from '../../codec/osd-op.ts';
import { FEATURE, FLAG, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { logged } from '../../librados/error-log.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { invalidateMap } from '../object-map.ts';
import { objectMapName } from '../object-names.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged, refreshImage } from '../refresh.ts';
import { tellProgress } from './tell-progress.ts';

/**
 * Compares the object map of the head or snapshot that is open with the objects, and flags a wrong one as invalid.
 * EINVAL without the feature.
 *
 * @ceph src/librbd/operation/ObjectMapIterate.cc, CheckObjectMapRequest.cc — exact
 */
export function* checkObjectMap(image: ImageCtx, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  yield* requireMap(image, false);
  const found = yield* findObjectStates(image, tellProgress(image, 'object map check', onProgress));
  const stored = yield* image.io.exec(mapName(image), clsRbdObjectMap.load, undefined);
  if (isWrong(found, stored)) yield* invalidateMap(image, image.snapId);
}

/**
 * Makes the object map of the head or snapshot that is open anew from the objects. EINVAL without the feature.
 *
 * @ceph src/librbd/operation/RebuildObjectMapRequest.cc — exact
 */
export function* rebuildObjectMap(image: ImageCtx, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  yield* requireMap(image, true);
  if (!image.readOnly) yield* acquireLock(image);
  const map = yield* findObjectStates(image, tellProgress(image, 'object map rebuild', onProgress));
  yield* image.io.exec(mapName(image), clsRbdObjectMap.save, { map });
  if (image.objectMap !== null) yield* image.objectMap.reload();
  const mask = FLAG.OBJECT_MAP_INVALID | FLAG.FAST_DIFF_INVALID;
  yield* image.io.exec(image.headerOid, clsRbdHeader.setFlags, { snapId: image.snapId, flags: 0, mask });
  yield* headerChanged(image);
}

function* requireMap(image: ImageCtx, isLogged: boolean): Task<void> {
  yield* refreshImage(image);
  if (image.has(FEATURE.OBJECT_MAP)) return;
  const text = 'image must support object-map feature';
  throw isLogged ? logged(image.io.rados, 'EINVAL', 'librbd::Operations', text) : new CephError('EINVAL', text);
}

function mapName(image: ImageCtx): string {
  return objectMapName(image.id, image.snapId === NOSNAP ? undefined : image.snapId);
}

/** A map that calls objects there that are not is none: those are looked for in vain, that is all. */
function isWrong(found: BitVector, stored: BitVector): boolean {
  if (stored.size < found.size) return true;
  for (let no = 0; no < found.size; no++) if (isWrongState(bitAt(found, no), bitAt(stored, no))) return true;
  return false;
}

/** @ceph src/librbd/operation/CheckObjectMapRequest.cc needs_invalidate — exact */
function isWrongState(found: number, stored: number): boolean {
  const { NONEXISTENT, EXISTS, EXISTS_CLEAN } = OBJECT_STATE;
  const looksInVain = found === NONEXISTENT && (stored === EXISTS || stored === EXISTS_CLEAN);
  return found !== stored && !looksInVain;
}

/** What the map of the head or snapshot that is open should say, told from the objects. */
export function* findObjectStates(image: ImageCtx, tell: OnProgress): Task<BitVector> {
  const map = makeBitVector(image.objectCount);
  for (let no = 0; no < map.size; no++) {
    tell(no, map.size);
    fillBits(map.bytes, no, no + 1, yield* findState(image, no));
  }
  return map;
}

function* findState(image: ImageCtx, objectNo: number): Task<number> {
  try {
    return stateIn(image, yield* image.writeIo.listSnaps(image.objectName(objectNo)));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return OBJECT_STATE.NONEXISTENT;
    throw error;
  }
}

/** Clean is what an older snapshot that still exists has in the same clone. */
function stateIn(image: ImageCtx, { seq, clones }: SnapListing): number {
  const nextValid = (id: number): number => image.header.snaps.find((snap) => snap.id >= id)?.id ?? NOSNAP;
  for (const clone of clones) {
    const head = clone.id === NOSNAP;
    const from = nextValid(head ? seq + 1 : (clone.snaps[0] ?? clone.id));
    const to = head ? NOSNAP : (clone.snaps.at(-1) ?? clone.id);
    if (to < image.snapId) continue;
    if (image.snapId < from) break;
    const clean = image.has(FEATURE.FAST_DIFF) && from !== image.snapId;
    return clean ? OBJECT_STATE.EXISTS_CLEAN : OBJECT_STATE.EXISTS;
  }
  return OBJECT_STATE.NONEXISTENT;
}
