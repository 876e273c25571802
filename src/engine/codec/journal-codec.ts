import { crc32c } from './crc32c.ts';
import { Decoder, type Encoder, encode } from './denc.ts';

/** Where in a journal something stands: an object, and the entry of a tag in it. */
export interface ObjectPosition {
  readonly object: number;
  readonly tagTid: number;
  readonly entryTid: number;
}

/** Who writes or reads a journal, under `client_ID` of its header. */
export interface JournalClient {
  readonly id: string;
  readonly data: Uint8Array;
  /** The newest first; everything up to them is done. */
  readonly commitPosition: readonly ObjectPosition[];
  readonly connected: boolean;
}

/** A time of one writer, under `tag_%016x`. */
export interface JournalTag {
  readonly tid: number;
  readonly tagClass: number;
  readonly data: Uint8Array;
}

/** Whose time it is: of the image itself (''), or of nobody. */
export interface TagData {
  readonly mirrorUuid: string;
  readonly predecessor: {
    readonly mirrorUuid: string;
    readonly commitValid: boolean;
    readonly tagTid: number;
    readonly entryTid: number;
  };
}

/** @ceph src/cls/journal/cls_journal_types.cc Client::encode — exact, version 1 */
export function encodeJournalClient({ id, data, commitPosition, connected }: JournalClient): Uint8Array {
  return encode((encoder) =>
    encoder.struct(1, 1, (e) => {
      e.string(id).blob(data);
      e.struct(1, 1, (set) => set.list(commitPosition, encodePosition));
      e.u8(connected ? 0 : 1);
    }),
  );
}

export function decodeJournalClient(decoder: Decoder): JournalClient {
  return decoder.struct(1, (d) => ({
    id: d.field('id', (f) => f.string()),
    data: d.field('data', (f) => f.blob()),
    commitPosition: d.field('commit_position', (f) => f.struct(1, (set) => set.list(decodePosition))),
    connected: d.field('state', (f) => f.u8() === 0),
  }));
}

function encodePosition(encoder: Encoder, { object, tagTid, entryTid }: ObjectPosition): void {
  encoder.struct(1, 1, (e) => e.u64(object).u64(tagTid).u64(entryTid));
}

function decodePosition(decoder: Decoder): ObjectPosition {
  return decoder.struct(1, (d) => ({ object: d.u64(), tagTid: d.u64(), entryTid: d.u64() }));
}

/** @ceph src/cls/journal/cls_journal_types.cc Tag::encode — exact, version 1 */
export function encodeJournalTag({ tid, tagClass, data }: JournalTag): Uint8Array {
  return encode((encoder) => encoder.struct(1, 1, (e) => e.u64(tid).u64(tagClass).blob(data)));
}

export function decodeJournalTag(decoder: Decoder): JournalTag {
  return decoder.struct(1, (d) => ({
    tid: d.field('tid', (f) => f.u64()),
    tagClass: d.field('tag_class', (f) => f.u64()),
    data: d.field('data', (f) => f.blob()),
  }));
}

/** @ceph src/librbd/journal/Types.cc TagData::encode — exact */
export function encodeTagData({ mirrorUuid, predecessor }: TagData): Uint8Array {
  return encode((e) =>
    e
      .string(mirrorUuid)
      .string(predecessor.mirrorUuid)
      .bool(predecessor.commitValid)
      .u64(predecessor.tagTid)
      .u64(predecessor.entryTid),
  );
}

export function decodeTagData(d: Decoder): TagData {
  const mirrorUuid = d.field('mirror_uuid', (f) => f.string());
  const predecessor = {
    mirrorUuid: d.field('predecessor_mirror_uuid', (f) => f.string()),
    commitValid: d.field('predecessor_commit_valid', (f) => f.bool()),
    tagTid: d.field('predecessor_tag_tid', (f) => f.u64()),
    entryTid: d.field('predecessor_entry_tid', (f) => f.u64()),
  };
  return { mirrorUuid, predecessor };
}

/** What the image itself is as a client of its journal. @ceph src/librbd/journal/Types.cc ClientData::encode — exact, version 2 */
export function encodeImageClientData(tagClass: number, resync = false): Uint8Array {
  return encode((encoder) => encoder.struct(2, 1, (e) => e.u32(0).u64(tagClass).bool(resync)));
}

/** An entry of a journal: an event, encoded. */
export interface JournalEntry {
  readonly tagTid: number;
  readonly entryTid: number;
  readonly data: Uint8Array;
}

const PREAMBLE = [0x53589793, 0x31415926] as const;
/** Preamble, version and two numbers. */
const FIXED_BYTES = 25;
/** And the length of the data. */
const HEAD_BYTES = FIXED_BYTES + 4;
const SUM_BYTES = 4;

/** An entry as it is appended to a journal's object. @ceph src/journal/Entry.cc Entry::encode — exact */
export function encodeJournalEntry(tagTid: number, entryTid: number, data: Uint8Array): Uint8Array {
  const body = encode((e) => e.u32(PREAMBLE[0]).u32(PREAMBLE[1]).u8(1).u64(entryTid).u64(tagTid).blob(data));
  return encode((e) => e.raw(body).u32(crc32c(0, body)));
}

/** The entries of one of a journal's objects, and whether something behind them is none. */
export interface JournalObject {
  readonly entries: readonly JournalEntry[];
  readonly corrupt: boolean;
}

/**
 * Reads an object of a journal. Zeros between entries are passed over; an entry that is cut off at the end was never
 * acknowledged. Behind what is no entry nothing is read.
 *
 * @ceph src/journal/ObjectPlayer.cc handle_fetch_complete, src/journal/Entry.cc is_readable — exact
 */
export function decodeJournalObject(bytes: Uint8Array): JournalObject {
  const entries: JournalEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = entryAt(bytes, at);
    if (found === 'cut-off') break;
    if (found === null) {
      if (bytes[at] !== 0) return { entries, corrupt: true };
      at++;
    } else {
      entries.push(found);
      at += HEAD_BYTES + found.data.length + SUM_BYTES;
    }
  }
  return { entries, corrupt: false };
}

function entryAt(bytes: Uint8Array, at: number): JournalEntry | 'cut-off' | null {
  const d = new Decoder(bytes.subarray(at));
  if (d.remaining < FIXED_BYTES) return d.bytes.every((byte) => byte === 0) ? null : 'cut-off';
  if (d.u32() !== PREAMBLE[0] || d.u32() !== PREAMBLE[1]) return null;
  if (d.remaining < HEAD_BYTES - 8) return 'cut-off';
  d.u8();
  const [entryTid, tagTid, length] = [d.u64saturated(), d.u64saturated(), d.u32()];
  if (d.remaining < length + SUM_BYTES) return 'cut-off';
  const data = d.raw(length);
  return d.u32() === crc32c(0, bytes, at, at + HEAD_BYTES + length) ? { tagTid, entryTid, data } : null;
}
