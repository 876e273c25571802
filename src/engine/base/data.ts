import { assert, must } from './assert.ts';
import type { IntervalSet } from './interval-set.ts';

/**
 * Data without bytes: a length, and extents that say where its content comes from. What no extent covers is a
 * hole: it reads as zeros and takes no room. Values; copying data copies references, so that a full 100 GiB
 * image, its clones and its replicas cost what their extents cost. Bytes are made only when someone reads them.
 */
export interface Data {
  readonly length: number;
  /** Sorted by `off`, not overlapping. */
  readonly extents: readonly Extent[];
}

export interface Extent {
  readonly off: number;
  readonly len: number;
  readonly source: Source;
  /** Where in the source this extent begins; 0 for a fill. */
  readonly at: number;
}

/** Where content comes from. Sources are compared by identity, so share them. */
export type Source =
  | { readonly kind: 'fill'; readonly byte: number }
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | ShardSource;

/** One shard of an object of an erasure pool: its bytes are worked out when someone reads them. */
export interface ShardSource {
  readonly kind: 'shard';
  readonly stripes: Stripes;
  readonly shard: number;
}

/** An object of an erasure pool as it was written: its content, and the code that makes shards of it. All of them share it. */
export interface Stripes {
  readonly data: Data;
  readonly code: StripeCode;
}

/** What makes an erasure pool's shards out of its objects. */
export interface StripeCode {
  readonly profile: ReadonlyMap<string, string>;
  readonly stripe_width_bytes: number;
  /** With allow_ec_optimizations shards end with their own data. */
  readonly optimized: boolean;
}

/** Fills `out` with the bytes of a shard from `at`. */
export type ShardReader = (source: ShardSource, at: number, out: Uint8Array) => void;

let readShard: ShardReader | undefined;

/** Erasure codes live above this module: they say how shards are read when they are loaded. */
export function readShardsWith(reader: ShardReader): void {
  readShard = reader;
}

/** Byte extents shorter than this are merged with a neighbour by copying, so that small writes do not pile up. */
const MERGE_BYTES = 4096;

const FILLS: Source[] = [];

export const NO_DATA: Data = { length: 0, extents: [] };

/** `length` times one byte, stored (not a hole). */
export function fillData(length: number, byte = 0): Data {
  const source = (FILLS[byte] ??= { kind: 'fill', byte });
  return length > 0 ? { length, extents: [{ off: 0, len: length, source, at: 0 }] } : NO_DATA;
}

/** A hole of that length. */
export function holeData(length: number): Data {
  return { length, extents: [] };
}

/** A stretch of the random stream `source`, from `at`. */
export function randomData(source: Source & { kind: 'random' }, at: number, length: number): Data {
  return length > 0 ? { length, extents: [{ off: 0, len: length, source, at }] } : NO_DATA;
}

/** Bytes as data. They are kept, not copied: do not change them afterwards. */
export function bytesData(bytes: Uint8Array): Data {
  if (bytes.length === 0) return NO_DATA;
  // Plain bytes also of a subclass: `slice` of a Node Buffer copies nothing.
  const isPlain = bytes.constructor === Uint8Array;
  const plain = isPlain ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    length: plain.length,
    extents: [{ off: 0, len: plain.length, source: { kind: 'bytes', bytes: plain }, at: 0 }],
  };
}

/** The part of `data` from `off`, `length` long; what lies beyond its end is a hole. */
export function sliceData(data: Data, off: number, length: number): Data {
  if (off === 0 && length === data.length) return data;
  const extents: Extent[] = [];
  pushSlice(extents, data.extents, off, off + length, -off);
  return { length, extents };
}

/** `data` with `patch` written at `off`. Holes of the patch become holes. Grows as needed. */
export function overwriteData(data: Data, off: number, patch: Data): Data {
  const end = off + patch.length;
  const length = Math.max(data.length, end);
  if (patch.length === 0) return length === data.length ? data : { length, extents: data.extents };
  const patched = patchInPlace(data, off, patch);
  if (patched !== null) return patched;
  const extents: Extent[] = [];
  pushSlice(extents, data.extents, 0, off, 0);
  pushSlice(extents, patch.extents, 0, patch.length, off);
  pushSlice(extents, data.extents, end, length, 0);
  return { length, extents };
}

/** A short write of bytes into a short extent of bytes, done with one copy; null where it is not such a write. */
function patchInPlace(data: Data, off: number, patch: Data): Data | null {
  const [piece] = patch.extents;
  if (piece === undefined || piece.len !== patch.length || piece.source.kind !== 'bytes') return null;
  const index = data.extents.findIndex((extent) => extent.off <= off && off + patch.length <= extent.off + extent.len);
  const extent = data.extents[index];
  if (extent === undefined || extent.source.kind !== 'bytes' || extent.len > MERGE_BYTES) return null;
  if (piece.len === extent.len) return { length: data.length, extents: data.extents.with(index, { ...piece, off }) };
  const bytes = new Uint8Array(extent.len);
  readSource(extent.source, extent.at, bytes);
  readSource(piece.source, piece.at, bytes.subarray(off - extent.off, off - extent.off + piece.len));
  return {
    length: data.length,
    extents: data.extents.with(index, { ...extent, source: { kind: 'bytes', bytes }, at: 0 }),
  };
}

/** `data` with a hole from `off`, `length` long; its length stays. */
export function punchData(data: Data, off: number, length: number): Data {
  const upTo = Math.min(off + length, data.length);
  return upTo <= off ? data : overwriteData(data, off, holeData(upTo - off));
}

/** `data` cut or grown (by a hole) to that length. */
export function truncateData(data: Data, length: number): Data {
  return length === data.length ? data : sliceData(data, 0, length);
}

export function concatData(parts: readonly Data[]): Data {
  const extents: Extent[] = [];
  let length = 0;
  for (const part of parts) {
    pushSlice(extents, part.extents, 0, part.length, length);
    length += part.length;
  }
  return { length, extents };
}

/** `data` with its holes filled by stored zeros. */
export function denseData(data: Data): Data {
  const covered = data.extents.reduce((sum, extent) => sum + extent.len, 0);
  if (covered === data.length) return data;
  const zeros = fillData(data.length).extents[0]?.source;
  assert(zeros, 'zeros');
  const extents: Extent[] = [];
  let at = 0;
  for (const extent of data.extents) {
    if (extent.off > at) push(extents, { off: at, len: extent.off - at, source: zeros, at: 0 });
    push(extents, extent);
    at = extent.off + extent.len;
  }
  if (at < data.length) push(extents, { off: at, len: data.length - at, source: zeros, at: 0 });
  return { length: data.length, extents };
}

/** What of `data` is stored: its ranges without the holes. */
export function storedRanges(data: Data): IntervalSet {
  const out: { off: number; len: number }[] = [];
  for (const { off, len } of data.extents) {
    const last = out.at(-1);
    if (last !== undefined && last.off + last.len === off) last.len += len;
    else out.push({ off, len });
  }
  return out;
}

/** The bytes from `off`, `length` long, made now. */
export function bytesOfData(data: Data, off = 0, length = data.length - off): Uint8Array {
  const out = new Uint8Array(length);
  for (const extent of data.extents) {
    const from = Math.max(extent.off, off);
    const to = Math.min(extent.off + extent.len, off + length);
    if (from >= to) continue;
    readSource(extent.source, extent.at + from - extent.off, out.subarray(from - off, to - off));
  }
  return out;
}

/** The bytes of `data` to be read only: those that are stored, where they lie in one piece, otherwise made now. */
export function viewOfData(data: Data): Uint8Array {
  const [extent] = data.extents;
  if (extent === undefined || extent.len !== data.length || extent.source.kind !== 'bytes') return bytesOfData(data);
  const { bytes } = extent.source;
  return bytes.length === extent.len ? bytes : bytes.subarray(extent.at, extent.at + extent.len);
}

/** True where `data` reads as zeros all through, told from its extents and, where it must, its bytes. */
export function isZeroData(data: Data): boolean {
  return data.extents.every((extent) => {
    const { source } = extent;
    if (source.kind === 'fill') return source.byte === 0;
    if (source.kind === 'random') return false;
    if (source.kind === 'shard') return bytesOfData(data, extent.off, extent.len).every((byte) => byte === 0);
    for (let i = extent.at; i < extent.at + extent.len; i++) if (source.bytes[i] !== 0) return false;
    return true;
  });
}

function readSource(source: Source, at: number, out: Uint8Array): void {
  if (source.kind === 'bytes') out.set(source.bytes.subarray(at, at + out.length));
  else if (source.kind === 'fill') out.fill(source.byte);
  else if (source.kind === 'shard') must(readShard, 'a reader of shards')(source, at, out);
  else for (let i = 0; i < out.length; i++) out[i] = randomByte(source.seed, at + i);
}

/** The byte at `at` of the random stream `seed`: a hash of both, so that any place is as cheap as the first. */
function randomByte(seed: number, at: number): number {
  const word = Math.floor(at / 4);
  let h = (seed ^ Math.imul(word | 0, 0x9e3779b1) ^ Math.imul((word / 0x100000000) | 0, 0x85ebca77)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> ((at % 4) * 8)) & 0xff;
}

/** Pushes what of `extents` lies in [from, to), moved by `shift`. */
function pushSlice(out: Extent[], extents: readonly Extent[], from: number, to: number, shift: number): void {
  for (const extent of extents) {
    const start = Math.max(extent.off, from);
    const end = Math.min(extent.off + extent.len, to);
    if (start >= end) continue;
    if (shift === 0 && end - start === extent.len) {
      push(out, extent);
      continue;
    }
    const at = extent.source.kind === 'fill' ? 0 : extent.at + start - extent.off;
    push(out, { off: start + shift, len: end - start, source: extent.source, at });
  }
}

/** Pushes an extent, joined with the last one where they continue each other. */
function push(out: Extent[], next: Extent): void {
  const last = out.at(-1);
  if (last === undefined || last.off + last.len !== next.off) {
    out.push(next);
    return;
  }
  const follows = next.source.kind === 'fill' || last.at + last.len === next.at;
  if (follows && sameSource(last.source, next.source)) {
    out[out.length - 1] = { ...last, len: last.len + next.len };
  } else if (last.source.kind === 'bytes' && next.source.kind === 'bytes' && last.len + next.len <= MERGE_BYTES) {
    const bytes = new Uint8Array(last.len + next.len);
    readSource(last.source, last.at, bytes.subarray(0, last.len));
    readSource(next.source, next.at, bytes.subarray(last.len));
    out[out.length - 1] = { off: last.off, len: bytes.length, source: { kind: 'bytes', bytes }, at: 0 };
  } else out.push(next);
}

function sameSource(a: Source, b: Source): boolean {
  if (a === b) return true;
  if (a.kind === 'fill' && b.kind === 'fill') return a.byte === b.byte;
  if (a.kind === 'random' && b.kind === 'random') return a.seed === b.seed;
  if (a.kind === 'shard' && b.kind === 'shard') return a.stripes === b.stripes && a.shard === b.shard;
  return a.kind === 'bytes' && b.kind === 'bytes' && a.bytes === b.bytes;
}
