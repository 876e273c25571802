import { isErrno } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import { type BitVector, bitAt, fillBits, makeBitVector, resizedBits } from '../codec/bit-vector.ts';
import { clsLock } from '../codec/cls-lock-methods.ts';
import { clsRbdHeader, clsRbdObjectMap } from '../codec/cls-rbd-methods.ts';
import { FEATURE, FLAG, OBJECT_STATE } from '../codec/rbd-types.ts';
import { NOSNAP } from '../codec/snap.ts';
import type { ImageCtx } from './image-ctx.ts';
import { objectCount } from './io/striper.ts';
import { objectMapName } from './object-names.ts';

/**
 * Which objects of an image exist, and which have changed since the last snapshot: two bits each, kept in an object
 * of its own. This is the client's copy; each change goes to the stored map first.
 *
 * @ceph src/librbd/ObjectMap.cc — exact
 */
export class ObjectMap {
  readonly #image: ImageCtx;
  readonly #oid: string;
  #bits: BitVector;

  constructor(image: ImageCtx, oid: string, bits: BitVector) {
    this.#image = image;
    this.#oid = oid;
    this.#bits = { size: bits.size, bytes: bits.bytes.slice() };
  }

  get size(): number {
    return this.#bits.size;
  }

  /** The state of an object; NONEXISTENT behind the end. */
  state(objectNo: number): number {
    return objectNo < this.#bits.size ? bitAt(this.#bits, objectNo) : OBJECT_STATE.NONEXISTENT;
  }

  /** False where the object cannot exist. An invalid map knows nothing. */
  mayExist(objectNo: number): boolean {
    return !this.#image.mapValid(FLAG.OBJECT_MAP_INVALID) || this.state(objectNo) !== OBJECT_STATE.NONEXISTENT;
  }

  /** Sets those from `start` up to (without) `end` that are in `current` now (or all, for null). */
  *update(start: number, end: number, newState: number, current: number | null = null): Task<void> {
    const upTo = Math.min(end, this.#bits.size);
    if (!this.#changes(start, upTo, newState, current)) return;
    const input = { start, end: upTo, newState, currentState: current };
    yield* this.#image.io.exec(this.#oid, clsRbdObjectMap.update, input);
    for (let no = start; no < upTo; no++) {
      if (matches(bitAt(this.#bits, no), current)) fillBits(this.#bits.bytes, no, no + 1, newState);
    }
  }

  *resize(count: number): Task<void> {
    const input = { objectCount: count, defaultState: OBJECT_STATE.NONEXISTENT };
    yield* this.#image.io.exec(this.#oid, clsRbdObjectMap.resize, input);
    this.#bits = resizedBits(this.#bits, count, OBJECT_STATE.NONEXISTENT);
  }

  /** Reads the stored map again. */
  *reload(): Task<void> {
    const bits = yield* this.#image.io.exec(this.#oid, clsRbdObjectMap.load, undefined);
    this.#bits = { size: bits.size, bytes: bits.bytes.slice() };
  }

  #changes(start: number, end: number, newState: number, current: number | null): boolean {
    for (let no = start; no < end; no++) {
      const state = bitAt(this.#bits, no);
      if (state !== newState && matches(state, current)) return true;
    }
    return false;
  }
}

/** What exists unchanged counts as existing. */
function matches(state: number, current: number | null): boolean {
  const { EXISTS, EXISTS_CLEAN } = OBJECT_STATE;
  return current === null || state === current || (current === EXISTS && state === EXISTS_CLEAN);
}

const MAP_LOCK = { name: 'rbd_lock', cookie: '' };

/**
 * Takes the map of the head, which only the holder of the exclusive lock may: a lock that is left on it is broken.
 *
 * @ceph src/librbd/object_map/LockRequest.cc, RefreshRequest.cc — exact
 */
export function* openHeadMap(image: ImageCtx): Task<ObjectMap> {
  const oid = objectMapName(image.id);
  const request = { ...MAP_LOCK, type: 'exclusive', tag: '', description: '', duration_us: 0, renew: 'no' } as const;
  try {
    yield* image.io.exec(oid, clsLock.lock, request);
  } catch (error) {
    // EEXIST: this client has it already, from before it was opened anew.
    if (isErrno(error, 'EEXIST')) return yield* loadMap(image, oid, NOSNAP, image.header.size);
    if (!isErrno(error, 'EBUSY')) throw error;
    const { lockers } = yield* image.io.exec(oid, clsLock.getInfo, { name: MAP_LOCK.name });
    for (const { client, cookie } of lockers) {
      yield* image.io.exec(oid, clsLock.breakLock, { name: MAP_LOCK.name, client, cookie });
    }
    yield* image.io.exec(oid, clsLock.lock, request);
  }
  return yield* loadMap(image, oid, NOSNAP, image.header.size);
}

/** The map of the head for a client that holds it already; null where it is missing or does not fit. Only reads. */
export function* rejoinHeadMap(image: ImageCtx): Task<ObjectMap | null> {
  const oid = objectMapName(image.id);
  const bits = yield* loadBits(image, oid);
  const fits = bits !== null && bits.size >= objectCount(image.layout, image.header.size);
  return fits ? new ObjectMap(image, oid, bits) : null;
}

/** The map of the snapshot that is open, for reading. */
export function* openSnapMap(image: ImageCtx): Task<ObjectMap> {
  return yield* loadMap(image, objectMapName(image.id, image.snapId), image.snapId, image.size);
}

export function* closeHeadMap(image: ImageCtx): Task<void> {
  try {
    yield* image.io.exec(objectMapName(image.id), clsLock.unlock, MAP_LOCK);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** A map that is missing, broken or too small is flagged invalid, and given its size. */
function* loadMap(image: ImageCtx, oid: string, snapId: number, size: number): Task<ObjectMap> {
  const count = objectCount(image.layout, size);
  const bits = yield* loadBits(image, oid);
  if (bits !== null && bits.size >= count) return new ObjectMap(image, oid, bits);
  if (image.readOnly) return new ObjectMap(image, oid, makeBitVector(count, OBJECT_STATE.EXISTS));
  yield* invalidateMap(image, snapId);
  if (bits === null) yield* image.io.operate(oid, [{ op: 'truncate', size: 0 }]);
  const map = new ObjectMap(image, oid, bits ?? makeBitVector(0));
  yield* map.resize(count);
  return map;
}

/** Null for a map that is missing or broken. */
function* loadBits(image: ImageCtx, oid: string): Task<BitVector | null> {
  try {
    return yield* image.io.exec(oid, clsRbdObjectMap.load, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}

/** @ceph src/librbd/object_map/InvalidateRequest.cc — exact */
export function* invalidateMap(image: ImageCtx, snapId: number): Task<void> {
  const flags = FLAG.OBJECT_MAP_INVALID | (image.has(FEATURE.FAST_DIFF) ? FLAG.FAST_DIFF_INVALID : 0);
  yield* image.io.exec(image.headerOid, clsRbdHeader.setFlags, { snapId, flags, mask: flags });
  image.stale = true;
}
