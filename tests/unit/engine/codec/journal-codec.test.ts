import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { crc32c } from '../../../../src/engine/codec/crc32c.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import {
  decodeJournalClient,
  decodeJournalTag,
  decodeTagData,
  encodeEventEntry,
  encodeImageClientData,
  encodeJournalClient,
  encodeJournalEntry,
  encodeJournalTag,
  encodeTagData,
} from '../../../../src/engine/codec/journal-codec.ts';
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
  it.each(events.filter(({ json }) => json.event_type === 'AioDiscard'))('AioDiscard (%#)', ({ bytes, json }) => {
    const [offset, length, granularity] = [json.offset, json.length, json.discard_granularity_bytes].map(Number);
    if (offset === undefined || length === undefined || granularity === undefined) throw new Error('fields');
    // Times of the test instances have a nanosecond, which is below what is kept.
    const time = Number(json.timestamp) * 1e6;
    const ours = hexOf(encodeEventEntry({ type: 'discard', offset, length, granularity }, time));
    expect(ours.slice(0, -8)).toBe(hexOf(bytes).slice(0, -8));
  });

  it('AioWrite begins as a recorded one', () => {
    const data = new Uint8Array(32).fill(0x31);
    const [recorded] = events.filter(({ json }) => json.event_type === 'AioWrite' && json.offset === 123);
    if (recorded === undefined) throw new Error('no AioWrite');
    const ours = hexOf(encodeEventEntry({ type: 'write', offset: 123, data }, 1_000_000));
    // Its length field is not that of its data.
    expect(ours.slice(0, 36)).toBe(hexOf(recorded.bytes).slice(0, 36));
    expect(ours.slice(52, -8)).toBe(hexOf(recorded.bytes).slice(52, -8));
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
});
