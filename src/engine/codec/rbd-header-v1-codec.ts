import { utf8Decode, utf8Encode } from '../base/utf8.ts';
import { Decoder, type Encoder, encode } from './denc.ts';

/** A snapshot in the header of an image of format 1. */
export interface HeaderV1Snap {
  readonly id: number;
  /** Bytes of the image when it was taken. */
  readonly imageSize: number;
  readonly name: string;
}

/** The header of an image of format 1, all of it: what the object `NAME.rbd` holds. */
export interface HeaderV1 {
  /** What the names of the data objects begin with: `rb.0.CLIENT.RANDOM`. */
  readonly blockName: string;
  readonly order: number;
  readonly cryptType: number;
  readonly compType: number;
  /** Bytes. */
  readonly imageSize: number;
  readonly snapSeq: number;
  /** The newest first. */
  readonly snaps: readonly HeaderV1Snap[];
  /** The image is the source of a migration: the header's text says so. */
  readonly migrating?: true;
}

/** Bytes without snapshots. */
export const HEADER_V1_BYTES = 112;
/** Where the image's size stands (64 bits). */
export const HEADER_V1_SIZE_AT = 80;
export const HEADER_V1_TEXT = '<<< Rados Block Device Image >>>\n';
/** Of the source of a migration; as long as the other. */
export const HEADER_V1_MIGRATING_TEXT = '<<< Migrating RBD Image      >>>\n';
const SIGNATURE = 'RBD';
const VERSION = '001.005';

const TEXT_BYTES = 40;
const BLOCK_NAME_BYTES = 24;
const SIGNATURE_BYTES = 4;
const VERSION_BYTES = 8;
const SNAP_BYTES = 16;

/** @ceph src/include/rbd_types.h rbd_obj_header_ondisk — exact: fixed fields, the snapshots, then their names, each ended by a zero */
export function encodeHeaderV1(header: HeaderV1): Uint8Array {
  const names = header.snaps.map(({ name }) => utf8Encode(name));
  return encode((e) => {
    padded(e, header.migrating === true ? HEADER_V1_MIGRATING_TEXT : HEADER_V1_TEXT, TEXT_BYTES);
    padded(e, header.blockName, BLOCK_NAME_BYTES);
    padded(e, SIGNATURE, SIGNATURE_BYTES);
    padded(e, VERSION, VERSION_BYTES);
    e.u8(header.order).u8(header.cryptType).u8(header.compType).u8(0);
    e.u64(header.imageSize).u64(header.snapSeq).u32(header.snaps.length).u32(0);
    e.u64(names.reduce((sum, name) => sum + name.length + 1, 0));
    for (const { id, imageSize } of header.snaps) e.u64(id).u64(imageSize);
    for (const name of names) e.raw(name).u8(0);
  });
}

/** By the text that a header begins with; null for anything else. */
export function oldHeaderKind(bytes: Uint8Array): 'image' | 'migrating' | null {
  const text = utf8Decode(bytes.subarray(0, HEADER_V1_TEXT.length));
  if (text === HEADER_V1_TEXT) return 'image';
  return text === HEADER_V1_MIGRATING_TEXT ? 'migrating' : null;
}

/** A DecodeError (EINVAL) where the bytes end too early or are no header at all. What follows is not looked at. */
export function decodeHeaderV1(bytes: Uint8Array): HeaderV1 {
  return readHeaderV1(new Decoder(bytes));
}

/** The same, noting the fields for who looks at bytes. */
export function readHeaderV1(d: Decoder): HeaderV1 {
  const text = d.field('text', (f) => paddedText(f, TEXT_BYTES), JSON.stringify);
  const migrating = text === HEADER_V1_MIGRATING_TEXT;
  if (text !== HEADER_V1_TEXT && !migrating) throw d.fault('corrupt', 'no header of an image', 0);
  const blockName = d.field('block_name', (f) => paddedText(f, BLOCK_NAME_BYTES));
  d.field('signature', (f) => paddedText(f, SIGNATURE_BYTES));
  d.field('version', (f) => paddedText(f, VERSION_BYTES));
  const order = d.field(
    'order',
    (f) => f.u8(),
    (bits) => `${bits} (objects of ${2 ** bits} bytes)`,
  );
  const cryptType = d.field('crypt_type', (f) => f.u8());
  const compType = d.field('comp_type', (f) => f.u8());
  d.u8();
  const imageSize = d.field('image_size', (f) => f.u64());
  const snapSeq = d.field('snap_seq', (f) => f.u64());
  const count = d.field('snap_count', (f) => f.u32());
  d.u32();
  const namesBytes = d.field('snap_names_len', (f) => f.u64());
  if (count * SNAP_BYTES > d.remaining) throw d.fault('truncated', `${count} snapshots in ${d.remaining} bytes`);
  const places = Array.from({ length: count }, () => ({
    id: d.field('snap id', (f) => f.u64()),
    imageSize: d.field('snap image_size', (f) => f.u64()),
  }));
  const names = d.field(
    'snap names',
    (f) => namesOf(f.raw(namesBytes)),
    (all) => all.join(' '),
  );
  if (names.length < count) throw d.fault('corrupt', `${names.length} names of ${count} snapshots`);
  const snaps = places.map((place, index) => ({ ...place, name: names[index] ?? '' }));
  const header = { blockName, order, cryptType, compType, imageSize, snapSeq, snaps };
  return migrating ? { ...header, migrating } : header;
}

function padded(e: Encoder, text: string, length: number): void {
  const bytes = new Uint8Array(length);
  bytes.set(utf8Encode(text).subarray(0, length));
  e.raw(bytes);
}

/** The text before the first zero. */
function paddedText(d: Decoder, length: number): string {
  const bytes = d.raw(length);
  const end = bytes.indexOf(0);
  return utf8Decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function namesOf(bytes: Uint8Array): string[] {
  const names: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    const stop = end < 0 ? bytes.length : end;
    names.push(utf8Decode(bytes.subarray(at, stop)));
    at = stop + 1;
  }
  return names;
}
