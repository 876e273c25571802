import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { crc32c } from '../../../../src/engine/codec/crc32c.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import {
  decodeJournalClient,
  decodeJournalObject,
  decodeJournalTag,
  decodeTagData,
  encodeImageClientData,
  encodeJournalClient,
  encodeJournalEntry,
  encodeJournalTag,
  encodeTagData,
} from '../../../../src/engine/codec/journal-codec.ts';
import { decodeEventEntry, encodeEventEntry } from '../../../../src/engine/codec/journal-events.ts';
import { dencoderTests } from './recorded.ts';

describe('journals as ceph-dencoder writes them', () => {
  it.each(dencoderTests('librbd_journal_TagData'))('TagData (%#)', ({ bytes, json }) => {
    const data = decodeTagData(new Decoder(bytes));
    expect(hexOf(encodeTagData(data))).toBe(hexOf(bytes));
    expect(data.mirrorUuid).toBe(json.mirror_uuid);
  });

  const own = dencoderTests('librbd_journal_ClientData').filter(({ json }) => json.client_meta_type === 'Master Image');
  it.each(own)('ClientData of an image (%#)', ({ bytes, json }) => {
    expect(hexOf(encodeImageClientData(Number(json.tag_class)))).toBe(hexOf(bytes));
  });

  const events = dencoderTests('librbd_journal_EventEntry');
  it.each(events)('EventEntry, both ways (%#)', ({ bytes, json }) => {
    const { event, at_us } = decodeEventEntry(new Decoder(bytes));
    // Times of the test instances have a nanosecond, which is below what is kept.
    expect(hexOf(encodeEventEntry(event, at_us)).slice(0, -8)).toBe(hexOf(bytes).slice(0, -8));
    if (typeof json.offset === 'number') expect(event).toMatchObject({ offset: json.offset, length: json.length });
    if (typeof json.op_tid === 'number') expect(event).toMatchObject({ opTid: json.op_tid });
  });

  it('clients and tags: both ways', () => {
    const client = {
      id: '',
      data: new Uint8Array([1, 2]),
      commitPosition: [{ object: 3, tagTid: 1, entryTid: 7 }],
      connected: true,
    };
    expect(decodeJournalClient(new Decoder(encodeJournalClient(client)))).toEqual(client);
    const tag = { tid: 4, tagClass: 0, data: new Uint8Array([9]) };
    expect(decodeJournalTag(new Decoder(encodeJournalTag(tag)))).toEqual(tag);
  });

  it('an entry begins with its mark and ends with its sum', () => {
    const entry = encodeJournalEntry(2, 5, new Uint8Array([7]));
    const d = new Decoder(entry);
    expect([d.u32(), d.u32(), d.u8(), d.u64(), d.u64(), d.blob()]).toEqual([
      0x53589793,
      0x31415926,
      1,
      5,
      2,
      new Uint8Array([7]),
    ]);
    expect(d.u32()).toBe(crc32c(0, entry.subarray(0, entry.length - 4)));
  });

  it('an object: entries between zeros; one that is cut off never was; what is none is told', () => {
    const one = { tagTid: 1, entryTid: 0, data: new Uint8Array([1, 2, 3]) };
    const two = { tagTid: 1, entryTid: 4, data: new Uint8Array(100).fill(9) };
    const bytes = [one, two].map((each) => encodeJournalEntry(each.tagTid, each.entryTid, each.data));
    const [first = new Uint8Array(), second = new Uint8Array()] = bytes;
    const read = (...parts: readonly ArrayLike<number>[]) =>
      decodeJournalObject(new Uint8Array(parts.flatMap((part) => Array.from(part))));
    expect(read(first, new Uint8Array(17), second)).toEqual({ entries: [one, two], corrupt: false });
    for (const cut of [1, 7, 8, 20, second.length - 1]) {
      expect(read(first, second.subarray(0, cut))).toEqual({ entries: [one], corrupt: false });
    }
    expect(read(first, [1, 2, 3], second)).toEqual({ entries: [one], corrupt: true });
    // As a real one takes it: too little for an entry is the beginning of one.
    expect(read(first, utf8Encode('garbage\n'))).toEqual({ entries: [one], corrupt: false });
    expect(read(first, utf8Encode('garbage\n'), new Uint8Array(40).fill(7))).toEqual({ entries: [one], corrupt: true });
    const changed = second.slice();
    changed[40] = 0;
    expect(read(first, changed)).toMatchObject({ entries: [one], corrupt: true });
  });
});
