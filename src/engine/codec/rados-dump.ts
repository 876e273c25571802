import { bytesData, bytesOfData, concatData, type Data, NO_DATA, sliceData } from '../base/data.ts';
import { byteStringOf, bytesOfByteString } from '../base/utf8.ts';
import { Decoder, type Encoder, encode, LEAST_S64 } from './denc.ts';
import {
  decodeHObject,
  encodeHObject,
  encodeObjectInfo,
  type HObjectValue,
  NO_DIGEST,
  type ObjectInfoValue,
} from './object-info-codec.ts';
import type { OmapEntries } from './osd-op.ts';
import { NOSNAP } from './snap.ts';

/**
 * The format of `rados export`, which `ceph-objectstore-tool` writes for single PGs too: a fixed head, then sections,
 * each with a header and, where it has a body, a footer.
 * @ceph src/tools/RadosDump.h — exact
 */
export const SECTION = {
  pgBegin: 1,
  pgEnd: 2,
  objectBegin: 3,
  objectEnd: 4,
  data: 5,
  attrs: 6,
  omapHeader: 7,
  omap: 8,
  pgMetadata: 9,
  poolBegin: 10,
  poolEnd: 11,
  /** Every kind from here on is unknown. */
  end: 12,
} as const;

const SHORT_MAGIC = 0xffce;
export const SUPER_MAGIC = 0xffceffce;
export const SUPER_VERSION = 2;
const END_MAGIC = 0xecffffce;
const SUPER_BYTES = 16;
const HEADER_BYTES = 18;
const FOOTER_BYTES = 10;

export function dumpHead(): Data {
  return bytesData(encode((e) => e.u32(SUPER_MAGIC).u32(SUPER_VERSION).u32(HEADER_BYTES).u32(FOOTER_BYTES)));
}

/** A section without a body. */
export function dumpMark(kind: number): Data {
  return headerOf(kind, 0);
}

export function dumpSection(kind: number, body: Data): Data {
  const footer = encode((e) => e.struct(1, 1, (f) => f.u32(END_MAGIC)));
  return concatData([headerOf(kind, body.length), body, bytesData(footer)]);
}

function headerOf(kind: number, size: number): Data {
  return bytesData(
    encode((e) => e.struct(1, 1, (h) => h.u32(((kind << 24) | (kind << 16) | SHORT_MAGIC) >>> 0).s64(size))),
  );
}

/** What an export says of an object: of no pool, and without its hash. */
export function encodeObjectBegin(oid: string, nspace: string, locator: string): Data {
  const bytes = encode((encoder) =>
    encoder.struct(3, 1, (e) => {
      encodeHObject(e, { oid, nspace, locator, hash: 0, snap: NOSNAP, pool: LEAST_S64 });
      e.u32(0xffffffff).u32(0xffffffff).u8(NO_SHARD).raw(BLANK_INFO);
    }),
  );
  return bytesData(bytes);
}

const NO_SHARD = 0xff;

const BLANK: ObjectInfoValue = {
  oid: '',
  locator: '',
  nspace: '',
  pool: LEAST_S64,
  hash: 0,
  snap: 0,
  version: { epoch: 0, version: 0 },
  priorVersion: { epoch: 0, version: 0 },
  lastRequest: { client: 0, tid: 0 },
  userVersion: 0,
  size: 0,
  mtime_us: 0,
  localMtime_us: 0,
  flags: 0,
  dataDigest: NO_DIGEST,
  omapDigest: NO_DIGEST,
  expectedObjectSize: 0,
  expectedWriteSize: 0,
  allocHintFlags: 0,
  watchers: [],
};
const BLANK_INFO = encodeObjectInfo(BLANK);

export function encodeData(off: number, data: Data): Data {
  const inner = (e: Encoder) => e.u64(off).u64(data.length).u32(data.length);
  const innerBytes = encode(inner).length + data.length;
  const head = encode((e) => inner(e.u8(1).u8(1).u32(innerBytes)));
  return concatData([bytesData(head), data]);
}

/** Names go out with the underscore that an OSD's store keeps them under. */
export function encodeAttrs(xattrs: ReadonlyMap<string, Uint8Array>): Data {
  const entries = [...xattrs].sort(([a], [b]) => (a < b ? -1 : 1));
  return structOf((e) => e.list(entries, (item, [name, value]) => item.string(`_${name}`).blob(value)));
}

export function encodeOmapHeader(header: Uint8Array): Data {
  return structOf((e) => e.blob(header));
}

export function encodeOmap(entries: OmapEntries): Data {
  return structOf((e) => e.list(entries, (item, [key, value]) => item.blob(bytesOfByteString(key)).blob(value)));
}

function structOf(body: (encoder: Encoder) => void): Data {
  return bytesData(encode((encoder) => encoder.struct(1, 1, body)));
}

export function decodeObjectBegin(body: Data): HObjectValue {
  return decoderOf(body).struct(3, decodeHObject);
}

/** The bytes stay references into the export. */
export function decodeData(body: Data): { readonly off: number; readonly data: Data } {
  const head = new Decoder(bytesOfData(body, 0, Math.min(26, body.length)));
  head.raw(6);
  const off = head.u64();
  head.u64();
  const length = head.u32();
  return { off, data: sliceData(body, 26, Math.min(length, body.length - 26)) };
}

/** The users' attributes, by their own names. */
export function decodeAttrs(body: Data): readonly (readonly [name: string, value: Uint8Array])[] {
  const all = decoderOf(body).struct(1, (d) => d.list((item) => [item.string(), item.blob()] as const));
  return all.filter(([name]) => name.startsWith('_') && name !== '_').map(([name, value]) => [name.slice(1), value]);
}

export function decodeOmapHeader(body: Data): Uint8Array {
  return decoderOf(body).struct(1, (d) => d.blob());
}

export function decodeOmap(body: Data): OmapEntries {
  return decoderOf(body).struct(1, (d) => d.list((item) => [byteStringOf(item.blob()), item.blob()] as const));
}

/** The PG that a PG's export begins with, and its shard: 255 for none. */
export function decodePgBegin(body: Data): { readonly pool: number; readonly seed: number; readonly shard: number } {
  return decoderOf(body).struct(3, (d, version) => {
    d.u8();
    const pool = d.u64();
    const seed = d.u32();
    d.s32();
    // The superblock of the OSD that exported it.
    if (version > 1) d.struct(99, () => undefined);
    return { pool, seed, shard: version > 2 ? d.u8() : NO_SHARD };
  });
}

function decoderOf(body: Data): Decoder {
  return new Decoder(bytesOfData(body));
}

export interface DumpSection {
  readonly kind: number;
  readonly body: Data;
}

/** What is wrong with an export, in Ceph's words. */
export class BrokenDump extends Error {
  override readonly name = 'BrokenDump';
}

/** Reads an export section by section. Throws {@link BrokenDump}, or EINVAL for bytes that do not decode. */
export class DumpReader {
  readonly #data: Data;
  #at = 0;
  #headerBytes = 0;
  #footerBytes = 0;

  constructor(data: Data) {
    this.#data = data;
  }

  head(): { readonly magic: number; readonly version: number } {
    const d = decoderOf(this.#take(SUPER_BYTES));
    const [magic, version] = [d.u32(), d.u32()];
    this.#headerBytes = d.u32();
    this.#footerBytes = d.u32();
    return { magic, version };
  }

  section(): DumpSection {
    const header = decoderOf(this.#take(this.#headerBytes));
    const { kind, size } = header.struct(1, (h) => ({ kind: h.u32() >>> 24, size: h.s64() }));
    if (size < 0) throw new BrokenDump('Unexpected EOF');
    if (size === 0) return { kind, body: NO_DATA };
    const body = this.#take(size);
    const magic = decoderOf(this.#take(this.#footerBytes)).struct(1, (f) => f.u32());
    if (magic !== END_MAGIC) throw new BrokenDump('Bad footer magic');
    return { kind, body };
  }

  #take(length: number): Data {
    if (length > this.#data.length - this.#at) throw new BrokenDump('Unexpected EOF');
    const piece = sliceData(this.#data, this.#at, length);
    this.#at += length;
    return piece;
  }
}
