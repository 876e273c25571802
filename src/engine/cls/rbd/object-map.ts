import { equalBytes } from '../../base/bytes.ts';
import { bytesData, viewOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { type BitVector, bitAt, fillBits, makeBitVector, resizedBits } from '../../codec/bit-vector.ts';
import { clsRbdObjectMap as methods } from '../../codec/cls-rbd-methods.ts';
import { Decoder } from '../../codec/denc.ts';
import {
  blockRange,
  changedBlockCrcs,
  decodeObjectMap,
  encodeBlockCrcs,
  encodeObjectMap,
  HEADER_BYTES,
  MAX_OBJECT_MAP_OBJECTS,
  objectMapSize,
} from '../../codec/object-map-codec.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';

/** @ceph src/cls/rbd/cls_rbd.cc object_map_* — exact */
export const OBJECT_MAP_HANDLERS: readonly ClsHandler[] = [
  implement(methods.load, readMap),
  implement(methods.save, (object, { map }) => writeMap(object, map)),

  implement(methods.resize, (object, { objectCount, defaultState }) => {
    if (objectCount > MAX_OBJECT_MAP_OBJECTS) throw new CephError('EINVAL', `object map of ${objectCount} objects`);
    const before = object.size() === 0 ? makeBitVector(0) : readMap(object);
    for (let index = objectCount; index < before.size; index++)
      if (bitAt(before, index) !== defaultState) throw new CephError('ESTALE', `object ${index} still exists`);
    writeMap(object, resizedBits(before, objectCount, defaultState));
  }),

  implement(methods.update, (object, { start, end, newState, currentState }) => {
    if (!object.exists()) throw new CephError('ENOENT', 'object map');
    updateMap(object, start, end, newState, currentState);
  }),

  implement(methods.snapAdd, (object) => {
    rewriteWhere(object, (_, state) => (state === OBJECT_STATE.EXISTS ? OBJECT_STATE.EXISTS_CLEAN : state));
  }),

  implement(methods.snapRemove, (object, { map }) => {
    rewriteWhere(object, (index, state) => {
      const unclean = index >= map.size || bitAt(map, index) === OBJECT_STATE.EXISTS;
      return state === OBJECT_STATE.EXISTS_CLEAN && unclean ? OBJECT_STATE.EXISTS : state;
    });
  }),
];

function readMap(object: ObjectContext): BitVector {
  const size = object.size();
  if (size === 0) throw new CephError('ENOENT', 'object map');
  return decodeObjectMap(new Decoder(readBytes(object, 0, size)));
}

function writeMap(object: ObjectContext, map: BitVector): void {
  object.writeFull(bytesData(encodeObjectMap(map)));
}

function readBytes(object: ObjectContext, off: number, len: number): Uint8Array {
  return viewOfData(object.read(off, len));
}

/** Reads, changes and writes only the blocks of 4 KiB in which the objects lie, and their CRCs. */
function updateMap(
  object: ObjectContext,
  start: number,
  end: number,
  newState: number,
  currentState: number | null,
): void {
  const size = objectMapSize(readBytes(object, 0, HEADER_BYTES));
  if (start >= end || end > size) throw new CephError('ERANGE', `objects ${start} to ${end} of ${size}`);
  const { dataOff, dataLen, objectOff, crcOff } = blockRange(size, start, end);
  const stored = readBytes(object, objectOff, dataLen);
  const crcs = encodeBlockCrcs(stored);
  if (!equalBytes(crcs, readBytes(object, crcOff, crcs.length))) throw new CephError('EINVAL', 'object map CRC');
  const bytes = stored.slice();
  const blocks: BitVector = { size: dataLen * 4, bytes };
  const [first, last] = [start - dataOff * 4, end - dataOff * 4];
  const next = (_: number, state: number): number => (isAffected(state, currentState) ? newState : state);
  if (!changeStates(blocks, first, last, next)) return;
  object.write(objectOff, bytesData(bytes));
  object.write(crcOff, bytesData(changedBlockCrcs(stored, bytes, first >>> 2, Math.ceil(last / 4))));
}

/** EXISTS as the state asked for takes EXISTS_CLEAN with it. */
function isAffected(state: number, currentState: number | null): boolean {
  if (currentState === null || state === currentState) return true;
  return currentState === OBJECT_STATE.EXISTS && state === OBJECT_STATE.EXISTS_CLEAN;
}

/** Changes states in place; true if any did. */
function changeStates(
  bits: BitVector,
  start: number,
  end: number,
  next: (index: number, state: number) => number,
): boolean {
  let changed = false;
  for (let index = start; index < end; index++) {
    const state = bitAt(bits, index);
    const to = next(index, state);
    if (to === state) continue;
    fillBits(bits.bytes, index, index + 1, to);
    changed = true;
  }
  return changed;
}

function rewriteWhere(object: ObjectContext, next: (index: number, state: number) => number): void {
  const { size, bytes } = readMap(object);
  const copy: BitVector = { size, bytes: bytes.slice() };
  if (changeStates(copy, 0, size, next)) writeMap(object, copy);
}
