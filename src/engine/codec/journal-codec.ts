import { crc32c } from './crc32c.ts';
import { type Decoder, type Encoder, encode } from './denc.ts';

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

/** A change of the image as its journal has it; times since the Unix epoch. */
export type JournalEvent =
  | { readonly type: 'discard'; readonly offset: number; readonly length: number; readonly granularity: number }
  | { readonly type: 'write'; readonly offset: number; readonly data: Uint8Array };

/** @ceph src/librbd/journal/Types.cc EventEntry::encode — exact, version 5, for what changes data */
export function encodeEventEntry(event: JournalEvent, at_us: number): Uint8Array {
  return encode((encoder) => {
    encoder.struct(5, 1, (e) => {
      if (event.type === 'discard') {
        // Whether partial discards are passed over, as older versions said it.
        e.u32(0)
          .u64(event.offset)
          .u64(event.length)
          .bool(event.granularity > 0)
          .u32(event.granularity);
      } else e.u32(1).u64(event.offset).u64(event.data.length).blob(event.data);
    });
    encoder.struct(1, 1, (e) => e.utime(at_us));
  });
}

/** An entry as it is appended to a journal's object. @ceph src/journal/Entry.cc Entry::encode — exact */
export function encodeJournalEntry(tagTid: number, entryTid: number, data: Uint8Array): Uint8Array {
  const body = encode((e) => e.u32(0x53589793).u32(0x31415926).u8(1).u64(entryTid).u64(tagTid).blob(data));
  return encode((e) => e.raw(body).u32(crc32c(0, body)));
}
