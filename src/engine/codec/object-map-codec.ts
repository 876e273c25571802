import { CephError } from '../base/errno.ts';
import { type BitVector, bitVectorBytes } from './bit-vector.ts';
import { crc32c, crc32cOfChange } from './crc32c.ts';
import { Decoder, encode } from './denc.ts';
import { showHex32 } from './show.ts';

/**
 * How an object map lies in its object: a header of 18 bytes (its own length, then the number of values), the
 * packed values, and a footer (its length, the header's CRC, and a CRC for each 4 KiB of values).
 *
 * @ceph src/common/bit_vector.hpp BitVector — exact
 */
export const HEADER_BYTES = 18;
const BLOCK_BYTES = 4096;
const FOOTER_FIXED_BYTES = 12;

/** More objects than this make no object map. @ceph src/cls/rbd/cls_rbd_types.h MAX_OBJECT_MAP_OBJECT_COUNT — exact */
export const MAX_OBJECT_MAP_OBJECTS = 256_000_000;

export function encodeObjectMap(map: BitVector): Uint8Array {
  const header = encodeHeader(map.size);
  const { bytes } = map;
  const footer = encode((e) => {
    e.u32(crc32c(0, header, 4)).u32(blockCount(bytes.length));
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) e.u32(blockCrc(bytes, at));
  });
  return encode((e) => e.raw(header).raw(bytes).blob(footer));
}

/** Throws EINVAL where it is cut short or a CRC is wrong. */
export function decodeObjectMap(decoder: Decoder): BitVector {
  const size = decodeHeader(decoder);
  if (bitVectorBytes(size) > decoder.remaining) throw new CephError('EINVAL', `object map of ${size} objects`);
  const bytes = decoder.field(
    'data',
    (d) => d.raw(bitVectorBytes(size)),
    (data) => `${size} objects, ${data.length} bytes`,
  );
  const length = decoder.field('footer length', (d) => d.u32());
  if (length > 0) checkFooter(decoder, size, bytes);
  return { size, bytes };
}

function checkFooter(decoder: Decoder, size: number, bytes: Uint8Array): void {
  const headerCrc = decoder.field('header crc', (d) => d.u32(), showHex32);
  const count = decoder.field('crc count', (d) => d.u32());
  if (headerCrc !== crc32c(0, encodeHeader(size), 4)) throw new CephError('EINVAL', 'object map header CRC');
  if (count !== blockCount(bytes.length)) throw new CephError('EINVAL', `${count} object map CRCs`);
  for (let block = 0; block < count; block++) {
    const crc = decoder.field(`block ${block} crc`, (d) => d.u32(), showHex32);
    if (crc !== blockCrc(bytes, block * BLOCK_BYTES)) throw new CephError('EINVAL', `object map CRC of block ${block}`);
  }
}

function encodeHeader(size: number): Uint8Array {
  const header = encode((e) => e.struct(1, 1, (s) => s.u64(size)));
  return encode((e) => e.blob(header));
}

function decodeHeader(decoder: Decoder): number {
  decoder.field('header length', (d) => d.u32());
  return decoder.struct(1, (d) => d.field('size', (f) => f.u64()));
}

/** The number of values that a map's header, its first 18 bytes, tells. */
export function objectMapSize(header: Uint8Array): number {
  return decodeHeader(new Decoder(header));
}

function blockCount(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES);
}

function blockCrc(bytes: Uint8Array, at: number): number {
  return crc32c(0, bytes, at, Math.min(at + BLOCK_BYTES, bytes.length));
}

/** Where the whole blocks that hold values `start` up to (without) `end` lie: in the data, and what stands for them. */
export interface BlockRange {
  /** Of the first block, within the packed values. */
  readonly dataOff: number;
  readonly dataLen: number;
  /** The same in the object. */
  readonly objectOff: number;
  /** Where their CRCs begin in the object. */
  readonly crcOff: number;
}

/** @ceph src/common/bit_vector.hpp get_data_extents, get_data_crcs_extents — exact in what is written */
export function blockRange(size: number, start: number, end: number): BlockRange {
  const total = bitVectorBytes(size);
  const first = Math.floor(start / 4 / BLOCK_BYTES);
  const last = Math.floor((end - 1) / 4 / BLOCK_BYTES);
  const dataOff = first * BLOCK_BYTES;
  return {
    dataOff,
    dataLen: Math.min((last + 1) * BLOCK_BYTES, total) - dataOff,
    objectOff: HEADER_BYTES + dataOff,
    crcOff: HEADER_BYTES + total + FOOTER_FIXED_BYTES + 4 * first,
  };
}

/** The CRCs of whole blocks of packed values, as they stand in the footer. `blocks` must not change afterwards. */
export function encodeBlockCrcs(blocks: Uint8Array): Uint8Array {
  let crcs = knownCrcs.get(blocks);
  if (crcs === undefined) {
    crcs = encode((e) => {
      for (let at = 0; at < blocks.length; at += BLOCK_BYTES) e.u32(blockCrc(blocks, at));
    });
    knownCrcs.set(blocks, crcs);
  }
  return crcs;
}

/** The same of blocks that were `before`, and were changed from byte `from` up to (without) `to`. */
export function changedBlockCrcs(before: Uint8Array, blocks: Uint8Array, from: number, to: number): Uint8Array {
  const known = new Decoder(encodeBlockCrcs(before));
  const crcs = encode((e) => {
    for (let at = 0; at < blocks.length; at += BLOCK_BYTES) {
      const end = Math.min(at + BLOCK_BYTES, blocks.length);
      const range = { from: Math.max(at, from), to: Math.min(end, to), end };
      e.u32(crc32cOfChange(known.u32(), before, blocks, range));
    }
  });
  knownCrcs.set(blocks, crcs);
  return crcs;
}

/** A block that was written is read by the next update: its CRC need not be worked out again. */
const knownCrcs = new WeakMap<Uint8Array, Uint8Array>();
