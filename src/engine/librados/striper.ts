import { concatData, type Data, holeData, sliceData } from '../base/data.ts';
import { isErrno } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import { utf8Decode, utf8Encode } from '../base/utf8.ts';
import { clsLock } from '../codec/cls-lock-methods.ts';
import type { ObjectStat, OsdOp } from '../codec/osd-op.ts';
import { IoCtx } from './io-ctx.ts';

/** Bytes of each object: the layout that librados' striper begins with, one object after another. */
const OBJECT_BYTES = 4 * 1024 ** 2;
const SIZE = 'striper.size';
const LOCK = 'striper.lock';
/** What of the first object's attributes is the striper's own. */
const OWN = /^(striper\.|lock\.)/;

const LAYOUT: readonly (readonly [name: string, value: number])[] = [
  ['striper.layout.object_size', OBJECT_BYTES],
  ['striper.layout.stripe_count', 1],
  ['striper.layout.stripe_unit', OBJECT_BYTES],
];

/** Operations that the striper has a part in. */
const STRIPED: ReadonlySet<OsdOp['op']> = new Set<OsdOp['op']>([
  'read',
  'stat',
  'getxattrs',
  'getxattr',
  'setxattr',
  'rmxattr',
  'write',
  'write-full',
  'append',
  'truncate',
  'delete',
]);

/**
 * A pool in which an object is a row of objects of 4 MiB: `NAME.0000000000000000` and on, the first of which keeps size and
 * attributes.
 * @ceph src/libradosstriper/RadosStriperImpl.cc — exact in what it stores, in the usual layout alone; pieces go one
 *   after another, and the lock is held for each request
 */
export class StriperIoCtx extends IoCtx {
  constructor(io: IoCtx) {
    super(io.rados, io.poolId, io.nspace, io.snapc, io.readSnap, io.locator, io.fullTry);
  }

  override withFullTry(): IoCtx {
    return new StriperIoCtx(super.withFullTry());
  }

  /** What the striper has no part in goes to the object of that very name. */
  override *operate(name: string, ops: readonly OsdOp[], mtime_us?: number): Task<readonly unknown[]> {
    const [op] = ops;
    if (op === undefined || ops.length !== 1 || !STRIPED.has(op.op)) return yield* super.operate(name, ops, mtime_us);
    return [yield* this.#one(name, op)];
  }

  *#one(name: string, op: OsdOp): Task<unknown> {
    if (op.op === 'read') return yield* this.#readRange(name, op.off, op.len);
    if (op.op === 'stat') return yield* this.#stat(name);
    if (op.op === 'getxattrs') return yield* this.#userXattrs(name);
    if (op.op === 'write') return yield* this.#writeRange(name, op.off, op.data);
    if (op.op === 'write-full') return yield* this.#replace(name, op.data);
    if (op.op === 'append') return yield* this.#writeRange(name, yield* this.#sizeOrNone(name), op.data);
    if (op.op === 'truncate') return yield* this.#locked(name, 'exclusive', this.#truncateTo(name, op.size));
    if (op.op === 'delete') return yield* this.#locked(name, 'exclusive', this.#removeAll(name));
    const [value] = yield* super.operate(pieceName(name, 0), [op]);
    return value;
  }

  *#replace(name: string, data: Data): Task<void> {
    if ((yield* this.#sizeOrNone(name)) > 0) yield* this.#locked(name, 'exclusive', this.#truncateTo(name, 0));
    yield* this.#writeRange(name, 0, data);
  }

  *#writeRange(name: string, off: number, data: Data): Task<void> {
    yield* this.#make(name);
    yield* this.#locked(name, 'shared', this.#writePieces(name, off, data));
  }

  *#writePieces(name: string, off: number, data: Data): Task<void> {
    for (const piece of piecesOf(off, data.length)) {
      const part = sliceData(data, piece.at, piece.len);
      yield* super.operate(pieceName(name, piece.index), [{ op: 'write', off: piece.off, data: part }]);
    }
    if (off + data.length > (yield* this.#size(name))) yield* this.#setSize(name, off + data.length);
  }

  *#readRange(name: string, off: number, len: number): Task<Data> {
    const size = yield* this.#size(name);
    const parts: Data[] = [];
    for (const piece of piecesOf(off, Math.max(0, Math.min(len, size - off)))) {
      const part = yield* this.#readPiece(pieceName(name, piece.index), piece.off, piece.len);
      parts.push(part, holeData(piece.len - part.length));
    }
    return concatData(parts);
  }

  /** Nothing for a piece that was never written. */
  *#readPiece(oid: string, off: number, len: number): Task<Data> {
    try {
      const [data] = yield* super.operate(oid, [{ op: 'read', off, len }]);
      // A read answers with data.
      return data as Data;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return holeData(0);
      throw error;
    }
  }

  *#truncateTo(name: string, size: number): Task<void> {
    const before = yield* this.#size(name);
    for (let index = lastPiece(before); index > lastPiece(size); index--) yield* this.#removePiece(name, index);
    const last = lastPiece(size);
    if (size < before)
      yield* super.operate(pieceName(name, last), [{ op: 'truncate', size: size - last * OBJECT_BYTES }]);
    yield* this.#setSize(name, size);
  }

  *#removeAll(name: string): Task<void> {
    for (let index = lastPiece(yield* this.#size(name)); index >= 0; index--) yield* this.#removePiece(name, index);
  }

  *#removePiece(name: string, index: number): Task<void> {
    try {
      yield* super.operate(pieceName(name, index), [{ op: 'delete' }]);
    } catch (error) {
      if (index === 0 || !isErrno(error, 'ENOENT')) throw error;
    }
  }

  *#stat(name: string): Task<ObjectStat> {
    const size = yield* this.#size(name);
    const [stat] = yield* super.operate(pieceName(name, 0), [{ op: 'stat' }]);
    // A stat answers with size and time.
    return { ...(stat as ObjectStat), size };
  }

  *#userXattrs(name: string): Task<ReadonlyMap<string, Uint8Array>> {
    const [all] = yield* super.operate(pieceName(name, 0), [{ op: 'getxattrs' }]);
    // Attributes come by their names.
    return new Map([...(all as ReadonlyMap<string, Uint8Array>)].filter(([each]) => !OWN.test(each)));
  }

  /** Makes the first object, with layout and size, where it is not there. */
  *#make(name: string): Task<void> {
    const attrs = [...LAYOUT, [SIZE, 0] as const];
    const ops = attrs.map(([each, value]): OsdOp => ({ op: 'setxattr', name: each, value: utf8Encode(String(value)) }));
    try {
      yield* super.operate(pieceName(name, 0), [{ op: 'create', exclusive: true }, ...ops]);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }

  *#size(name: string): Task<number> {
    const [bytes] = yield* super.operate(pieceName(name, 0), [{ op: 'getxattr', name: SIZE }]);
    // An attribute's value is bytes.
    return Number(utf8Decode(bytes as Uint8Array));
  }

  *#sizeOrNone(name: string): Task<number> {
    try {
      return yield* this.#size(name);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return 0;
      throw error;
    }
  }

  *#setSize(name: string, size: number): Task<void> {
    yield* super.operate(pieceName(name, 0), [{ op: 'setxattr', name: SIZE, value: utf8Encode(String(size)) }]);
  }

  /** Holds the lock on the first object while it works. ENOENT where that is not there. */
  *#locked(name: string, type: 'shared' | 'exclusive', work: Task<void>): Task<void> {
    yield* this.#size(name);
    const cookie = `${this.rados.clientId}`;
    const request = { name: LOCK, type, cookie, tag: '', description: '', duration_us: 0, renew: 'no' } as const;
    yield* super.operate(pieceName(name, 0), [{ op: 'call', method: clsLock.lock, input: request }]);
    try {
      yield* work;
    } finally {
      yield* this.#unlock(name, cookie);
    }
  }

  /** The lock is gone with its object. */
  *#unlock(name: string, cookie: string): Task<void> {
    try {
      yield* super.operate(pieceName(name, 0), [{ op: 'call', method: clsLock.unlock, input: { name: LOCK, cookie } }]);
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
    }
  }
}

/** What the names of first objects end with. */
export const FIRST_PIECE = '.0000000000000000';

function pieceName(name: string, index: number): string {
  return `${name}.${index.toString(16).padStart(16, '0')}`;
}

function lastPiece(size: number): number {
  return Math.max(0, Math.ceil(size / OBJECT_BYTES) - 1);
}

interface Piece {
  readonly index: number;
  /** In the object, and in the whole range. */
  readonly off: number;
  readonly at: number;
  readonly len: number;
}

function piecesOf(off: number, length: number): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < length; ) {
    const index = Math.floor((off + at) / OBJECT_BYTES);
    const within = (off + at) % OBJECT_BYTES;
    const len = Math.min(OBJECT_BYTES - within, length - at);
    pieces.push({ index, off: within, at, len });
    at += len;
  }
  return pieces;
}
