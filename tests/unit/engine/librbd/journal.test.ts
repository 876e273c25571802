import { expect, test } from 'vitest';
import { bytesData, bytesOfData } from '../../../../src/engine/base/data.ts';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import { decodeJournalObject, encodeJournalEntry } from '../../../../src/engine/codec/journal-codec.ts';
import { decodeEventEntry, encodeEventEntry, type JournalEvent } from '../../../../src/engine/codec/journal-events.ts';
import { clsJournal } from '../../../../src/engine/codec/journal-methods.ts';
import { FEATURE } from '../../../../src/engine/codec/rbd-types.ts';
import type { ImageCtx } from '../../../../src/engine/librbd/image-ctx.ts';
import { compareAndWriteImage } from '../../../../src/engine/librbd/io/compare-and-write.ts';
import { discardImage, readImage, writeImage, writeZeroesImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { writeSameImage } from '../../../../src/engine/librbd/io/write-same.ts';
import { readEntries } from '../../../../src/engine/librbd/journal/entries.ts';
import { flushImage } from '../../../../src/engine/librbd/journal/journal-io.ts';
import { replayJournal } from '../../../../src/engine/librbd/journal/replay.ts';
import { openImage } from '../../../../src/engine/librbd/open.ts';
import { disableFeatures, enableFeatures } from '../../../../src/engine/librbd/operation/features-update.ts';
import { removeMetadata, setMetadata } from '../../../../src/engine/librbd/operation/metadata.ts';
import { resizeImage } from '../../../../src/engine/librbd/operation/resize.ts';
import { createSnap } from '../../../../src/engine/librbd/operation/snap-create.ts';
import { setSnapLimit } from '../../../../src/engine/librbd/operation/snap-limit.ts';
import { protectSnap } from '../../../../src/engine/librbd/operation/snap-protect.ts';
import { removeSnap } from '../../../../src/engine/librbd/operation/snap-remove.ts';
import { renameSnap } from '../../../../src/engine/librbd/operation/snap-rename.ts';
import { rollbackSnap } from '../../../../src/engine/librbd/operation/snap-rollback.ts';
import { unprotectSnap } from '../../../../src/engine/librbd/operation/snap-unprotect.ts';
import { TestMachine } from '../../../helpers/machine.ts';

const MiB = 1024 * 1024;
const MAPS = FEATURE.OBJECT_MAP | FEATURE.FAST_DIFF;
const text = (words: string) => bytesData(utf8Encode(words));

/** What a client of a real cluster did; {@link EVENTS} and {@link RECORDED} are what its journal had then. */
function* everything(image: ImageCtx) {
  yield* writeImage(image, 0, text('hello'));
  yield* writeImage(image, 4096, text('x'.repeat(20_000)));
  yield* discardImage(image, 0, 131_072);
  yield* writeZeroesImage(image, 131_072, 4096);
  yield* flushImage(image);
  yield* createSnap(image, 's1');
  yield* renameSnap(image, 's1', 's2');
  yield* protectSnap(image, 's2');
  yield* unprotectSnap(image, 's2');
  yield* setSnapLimit(image, 10);
  yield* setSnapLimit(image, null);
  yield* setMetadata(image, 'k', 'v');
  yield* removeMetadata(image, 'k');
  yield* resizeImage(image, 80 * MiB, true);
  yield* resizeImage(image, 60 * MiB, true);
  yield* rollbackSnap(image, 's2');
  yield* enableFeatures(image, MAPS);
  yield* disableFeatures(image, MAPS);
  yield* removeSnap(image, 's2');
  yield* writeImage(image, 8, text('after'));
}

/** Without data and namespaces, and with the names alone of snapshots. */
const EVENTS: readonly string[] = [
  'write 0 5',
  'write 4096 16340',
  'write 20436 3660',
  'discard 0 131072 65536',
  'discard 131072 4096 0',
  'flush',
  'snap-create 1 s1',
  'op-finish 1 0',
  'snap-rename 2 s1 s2',
  'op-finish 2 0',
  'snap-protect 3 s2',
  'op-finish 3 0',
  'snap-unprotect 4 s2',
  'op-finish 4 0',
  'snap-limit 5 10',
  'op-finish 5 0',
  'snap-limit 6 null',
  'op-finish 6 0',
  'metadata-set 7 k v',
  'op-finish 7 0',
  'metadata-remove 8 k',
  'op-finish 8 0',
  'resize 9 83886080',
  'op-finish 9 0',
  'resize 10 62914560',
  'op-finish 10 0',
  'snap-rollback 11 s2',
  'op-finish 11 0',
  'update-features 12 24 true',
  'op-finish 12 0',
  'update-features 13 24 false',
  'op-finish 13 0',
  'snap-remove 14 s2',
  'op-finish 14 0',
  'write 8 5',
];

const FIRST = ['opTid', 'from', 'to', 'offset', 'length', 'features'];
const UNTOLD = ['type', 'data', 'namespace', 'snapId'];

function words(event: JournalEvent): string {
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const fields = Object.entries(event).filter(([name]) => !UNTOLD.includes(name));
  return [event.type, ...fields.sort(([a], [b]) => place(a) - place(b)).map(([, value]) => String(value))].join(' ');
}

const eventOf = (data: Uint8Array) => words(decodeEventEntry(new Decoder(data)).event);

test('JO1: the journal of a client has the entries that a real one had, and is committed as far', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd');
  machine.must('rbd create --size 64M --image-feature layering,exclusive-lock,journaling c');
  const io = machine.cluster.connect().ioCtx('rbd');
  const image = machine.cluster.run(openImage(io, { name: 'c' }));
  machine.cluster.run(everything(image));
  const { entries } = machine.cluster.run(readEntries(io, image.id, []));
  expect(entries.map(({ data }) => eventOf(data))).toEqual(EVENTS);
  const places = entries.map(({ object, tagTid, entryTid }) => [object, tagTid, entryTid]);
  expect(places).toEqual(EVENTS.map((_, no) => [no % 4, 1, no]));
  const { commitPosition } = machine.cluster.run(io.exec(`journal.${image.id}`, clsJournal.getClient, { id: '' }));
  expect(commitPosition).toEqual([33, 32, 31, 30].map((entryTid) => ({ object: entryTid % 4, tagTid: 1, entryTid })));
});

test('JO1: a pattern is in the journal once; a write that is compared is done also where the bytes are others', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd');
  machine.must('rbd create --size 8M --image-feature exclusive-lock,journaling c');
  const io = machine.cluster.connect().ioCtx('rbd');
  const image = machine.cluster.run(openImage(io, { name: 'c' }));
  machine.cluster.run(writeSameImage(image, 0, 4096, text('abcd')));
  machine.cluster.run(compareAndWriteImage(image, 0, text('abcdabcd'), text('efghefgh')));
  expect(() => machine.cluster.run(compareAndWriteImage(image, 0, text('abcd'), text('ijkl')))).toThrow('(84)');
  const { entries } = machine.cluster.run(readEntries(io, image.id, []));
  expect(entries.map(({ data }) => eventOf(data).slice(0, 26))).toEqual([
    'write-same 0 4096',
    'compare-and-write 0 8 97,9',
    'compare-and-write 0 4 97,9',
  ]);
  expect(image.journal?.pending).toEqual([]);
  machine.cluster.run(replayJournal(image));
  const read = machine.cluster.run(readImage(image, 0, 12));
  expect(Buffer.from(bytesOfData(read)).toString()).toBe('efghefghabcd');
});

/** Objects 0 and 3 of that journal. */
const RECORDED: Readonly<Record<number, string>> = {
  0:
    '939758532659413101000000000000000001000000000000003100000005011d00000001000000000000000000000005000000000000' +
    '000500000068656c6c6f010108000000bd7a036b474739270d9b7861939758532659413101040000000000000001000000000000002d' +
    '00000005011900000000000000000002000000000000100000000000000000000000010108000000bd7a036b028caf27d87de8229397' +
    '585326594131010800000000000000010000000000000034000000050120000000060000000200000000000000020000007332040000' +
    '0000000000020000007331010108000000be7a036bc543970bd3f6ac929397585326594131010c000000000000000100000000000000' +
    '3000000005011c00000008000000040000000000000002000000733201010400000000000000010108000000be7a036ba5dcc90ca4b5' +
    'de1e93975853265941310110000000000000000100000000000000280000000501140000000e0000000600000000000000ffffffffff' +
    'ffffff010108000000be7a036b4364d80fde333146939758532659413101140000000000000001000000000000002500000005011100' +
    '0000110000000800000000000000010000006b010108000000be7a036b6142431113df6ee69397585326594131011800000000000000' +
    '0100000000000000280000000501140000000b0000000a000000000000000000c00300000000010108000000be7a036bd95b1b145538' +
    '3d0e9397585326594131011c000000000000000100000000000000290000000501150000000f0000000c000000000000001800000000' +
    '00000001010108000000be7a036b2548df19de6fc2dd939758532659413101200000000000000001000000000000003000000005011c' +
    '000000050000000e0000000000000002000000733201010400000000000000010108000000be7a036b10377a1ca345960c',
  3:
    '939758532659413101030000000000000001000000000000002d00000005011900000000000000000000000000000000000200000000' +
    '000100000100010108000000bd7a036b0e389027b1d88e53939758532659413101070000000000000001000000000000002c00000005' +
    '0118000000030000000100000000000000010000000000000000000000010108000000be7a036b77678c0a1c82b87393975853265941' +
    '31010b0000000000000001000000000000002c0000000501180000000300000003000000000000000300000000000000000000000101' +
    '08000000be7a036b0658580cc97347689397585326594131010f0000000000000001000000000000002c000000050118000000030000' +
    '000500000000000000050000000000000000000000010108000000be7a036bf986690f853c1fee939758532659413101130000000000' +
    '000001000000000000002c000000050118000000030000000700000000000000070000000000000000000000010108000000be7a036b' +
    '35fad81027695a08939758532659413101170000000000000001000000000000002c0000000501180000000300000009000000000000' +
    '00090000000000000000000000010108000000be7a036b3f10801212c2538d9397585326594131011b00000000000000010000000000' +
    '00002c000000050118000000030000000b000000000000000b0000000000000000000000010108000000be7a036bc1a334199da55439' +
    '9397585326594131011f0000000000000001000000000000002c000000050118000000030000000d000000000000000d000000000000' +
    '0000000000010108000000be7a036bb4e8c31be8b1e5fb',
};

test.each([0, 3])('JO1: object %i of a real journal, read and written again', (no) => {
  const bytes = Uint8Array.from(Buffer.from(RECORDED[no] ?? '', 'hex'));
  const { entries, corrupt } = decodeJournalObject(bytes);
  expect(corrupt).toBe(false);
  expect(entries.map(({ data }) => eventOf(data))).toEqual(EVENTS.filter((_, at) => at % 4 === no));
  let at = 0;
  for (const { tagTid, entryTid, data } of entries) {
    const { event, at_us } = decodeEventEntry(new Decoder(data));
    const hex = (each: Uint8Array) => Buffer.from(each).toString('hex');
    // Of its time, what lies below a microsecond is not kept.
    expect(hex(encodeEventEntry(event, at_us)).slice(0, -8)).toBe(hex(data).slice(0, -8));
    const entry = encodeJournalEntry(tagTid, entryTid, data);
    expect(hex(entry)).toBe(hex(bytes.subarray(at, at + entry.length)));
    at += entry.length;
  }
  expect(at).toBe(bytes.length);
});
