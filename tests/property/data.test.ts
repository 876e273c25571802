import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesData,
  bytesOfData,
  concatData,
  type Data,
  denseData,
  fillData,
  holeData,
  isZeroData,
  overwriteData,
  punchData,
  randomData,
  sliceData,
  storedRanges,
  truncateData,
} from '../../src/engine/base/data.ts';
import {
  coverage,
  type IntervalSet,
  intersection,
  intervalSet,
  subtract,
  union,
  within,
} from '../../src/engine/base/interval-set.ts';
import { RecordStore, reverse, tableName } from '../../src/engine/base/records.ts';
import {
  byteStringOf,
  byteStringOfText,
  bytesOfByteString,
  textOfByteString,
  utf8Decode,
  utf8Encode,
  utf8Length,
} from '../../src/engine/base/utf8.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { dumpOf, firstDifference } from '../helpers/table-dump.ts';

const RUNS = 1500;

/** Data as flat bytes, and which of them are stored. */
interface Flat {
  readonly bytes: readonly number[];
  readonly stored: readonly boolean[];
}

interface Both {
  readonly data: Data;
  readonly flat: Flat;
}

function flatOf(bytes: readonly number[], stored: boolean): Flat {
  return { bytes, stored: bytes.map(() => stored) };
}

/** What {@link Data} is made of, long and short, so that joined and unjoined extents come up. */
const length = fc.oneof(fc.nat(12), fc.nat(300), fc.constantFrom(0, 1, 4095, 4096, 4097, 5000));
const RANDOMS = [1, 2].map((seed) => ({ kind: 'random', seed }) as const);
const piece: fc.Arbitrary<Both> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ data: bytesData(bytes), flat: flatOf([...bytes], true) })),
  fc.tuple(length, fc.constantFrom(0, 7, 255)).map(([len, byte]) => ({
    data: fillData(len, byte),
    flat: flatOf(new Array<number>(len).fill(byte), true),
  })),
  length.map((len) => ({ data: holeData(len), flat: flatOf(new Array<number>(len).fill(0), false) })),
  fc.tuple(fc.constantFrom(...RANDOMS), fc.nat(50), length).map(([source, at, len]) => {
    const data = randomData(source, at, len);
    return { data, flat: flatOf([...bytesOfData(data)], true) };
  }),
);

type Step = (before: Both) => Both;

function patchFlat({ bytes, stored }: Flat, off: number, patch: Flat): Flat {
  const end = Math.max(bytes.length, off + patch.bytes.length);
  const inPatch = (i: number): boolean => i >= off && i < off + patch.bytes.length;
  const at = Array.from({ length: end }, (_, i) => i);
  return {
    bytes: at.map((i) => (inPatch(i) ? patch.bytes[i - off] : bytes[i]) ?? 0),
    stored: at.map((i) => (inPatch(i) ? patch.stored[i - off] : stored[i]) ?? false),
  };
}

function sliceFlat({ bytes, stored }: Flat, off: number, len: number): Flat {
  const at = Array.from({ length: len }, (_, i) => i + off);
  return { bytes: at.map((i) => bytes[i] ?? 0), stored: at.map((i) => stored[i] ?? false) };
}

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.nat(400), piece).map(
    ([off, patch]): Step =>
      ({ data, flat }) => ({ data: overwriteData(data, off, patch.data), flat: patchFlat(flat, off, patch.flat) }),
  ),
  fc.tuple(fc.nat(400), length).map(
    ([off, len]): Step =>
      ({ data, flat }) => {
        const inside = Math.max(0, Math.min(len, flat.bytes.length - off));
        const hole = flatOf(new Array<number>(inside).fill(0), false);
        return { data: punchData(data, off, len), flat: inside === 0 ? flat : patchFlat(flat, off, hole) };
      },
  ),
  length.map(
    (len): Step =>
      ({ data, flat }) => ({ data: truncateData(data, len), flat: sliceFlat(flat, 0, len) }),
  ),
  fc.tuple(fc.nat(200), length).map(
    ([off, len]): Step =>
      ({ data, flat }) => ({ data: sliceData(data, off, len), flat: sliceFlat(flat, off, len) }),
  ),
  piece.map(
    (other): Step =>
      ({ data, flat }) => ({
        data: concatData([other.data, data, other.data]),
        flat: patchFlat(
          patchFlat(other.flat, other.flat.bytes.length, flat),
          other.flat.bytes.length + flat.bytes.length,
          other.flat,
        ),
      }),
  ),
  fc.constant<Step>(({ data, flat }) => ({ data: denseData(data), flat: flatOf(flat.bytes, true) })),
);

function expectSame({ data, flat }: Both): void {
  expect(data.length).toBe(flat.bytes.length);
  expect([...bytesOfData(data)]).toEqual(flat.bytes);
  const stored = new Array<boolean>(flat.bytes.length).fill(false);
  for (const { off, len } of storedRanges(data)) stored.fill(true, off, off + len);
  expect(stored).toEqual(flat.stored);
  expect(isZeroData(data)).toBe(
    data.extents.every(({ source }) => source.kind !== 'random') && flat.bytes.every((byte) => byte === 0),
  );
  expectWellFormed(data);
}

function expectWellFormed(data: Data): void {
  let end = 0;
  for (const { off, len, source, at } of data.extents) {
    expect(off).toBeGreaterThanOrEqual(end);
    expect(len).toBeGreaterThan(0);
    expect(at).toBeGreaterThanOrEqual(0);
    if (source.kind === 'bytes') expect(at + len).toBeLessThanOrEqual(source.bytes.length);
    end = off + len;
  }
  expect(end).toBeLessThanOrEqual(data.length);
}

describe('data without bytes', () => {
  test('is what a flat array with a hole mask is, whatever is done with it', () => {
    fc.assert(
      fc.property(piece, fc.array(step, { maxLength: 12 }), (start, steps) => {
        let now = start;
        for (const change of steps) {
          const before = bytesOfData(now.data);
          const next = change(now);
          expect([...bytesOfData(now.data)]).toEqual([...before]);
          expectSame(next);
          now = next;
        }
      }),
      propertyRuns(RUNS / 4),
    );
  });

  test('gives the same bytes in parts as whole', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), fc.nat(400), fc.nat(400), (pieces, off, len) => {
        const data = concatData(pieces.map((each) => each.data));
        const whole = new Uint8Array(off + len);
        whole.set(bytesOfData(data).subarray(0, off + len));
        expect([...bytesOfData(data, off, len)]).toEqual([...whole.subarray(off)]);
      }),
      propertyRuns(RUNS),
    );
  });
});

const SPAN = 60;

function setOf(intervals: IntervalSet): Set<number> {
  return new Set(intervals.flatMap(({ off, len }) => Array.from({ length: len }, (_, i) => off + i)));
}

const intervals = fc
  .array(fc.tuple(fc.nat(SPAN), fc.nat(9)), { maxLength: 8 })
  .map((ranges) => ranges.reduce<IntervalSet>((all, [off, len]) => union(all, intervalSet(off, len)), []));

function expectSet(set: IntervalSet, wanted: (n: number) => boolean): void {
  const numbers = Array.from({ length: SPAN + 12 }, (_, n) => n);
  expect([...setOf(set)].sort((a, b) => a - b)).toEqual(numbers.filter(wanted));
  for (const [index, { off, len }] of set.entries()) {
    expect(len).toBeGreaterThan(0);
    const before = set[index - 1];
    if (before !== undefined) expect(off).toBeGreaterThan(before.off + before.len);
  }
}

test('what lies in a range is what an intersection with it finds', () => {
  fc.assert(
    fc.property(intervals, fc.nat(80), fc.nat(40), (set, off, len) => {
      expect(within(set, { off, len })).toEqual(intersection(set, intervalSet(off, len)));
    }),
    propertyRuns(RUNS),
  );
});

test('interval sets are sets of numbers, sorted, no two of their ranges touching', () => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      const [left, right] = [setOf(a), setOf(b)];
      expectSet(union(a, b), (n) => left.has(n) || right.has(n));
      expectSet(intersection(a, b), (n) => left.has(n) && right.has(n));
      expectSet(subtract(a, b), (n) => left.has(n) && !right.has(n));
      expect(coverage(a)).toBe(left.size);
    }),
    propertyRuns(RUNS),
  );
});

/** Text with lone surrogates and all planes. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.integer({ min: 0xd700, max: 0xe0ff }).map((code) => String.fromCharCode(code)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Bytes that are nearly UTF-8: cut, swapped, overlong. */
const nearlyUtf8 = fc
  .array(
    fc.oneof(
      fc.constantFrom(0xc0, 0xc1, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff, 0x80, 0x9f, 0xa0, 0xbf, 0x41),
      fc.nat(255),
    ),
    { maxLength: 12 },
  )
  .map((bytes) => Uint8Array.from(bytes));

describe('UTF-8', () => {
  test('is encoded as TextEncoder does', () => {
    fc.assert(
      fc.property(text, (value) => {
        const wanted = new TextEncoder().encode(value);
        expect([...utf8Encode(value)]).toEqual([...wanted]);
        expect(utf8Length(value)).toBe(wanted.length);
        expect([...bytesOfByteString(byteStringOfText(value))]).toEqual([...wanted]);
        expect(textOfByteString(byteStringOfText(value))).toBe(
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(wanted),
        );
      }),
      propertyRuns(RUNS),
    );
  });

  test('is decoded as TextDecoder does where it is valid, and never longer than its bytes where it is not', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyUtf8, text.map(utf8Encode)), (bytes) => {
        expect([...bytesOfByteString(byteStringOf(bytes))]).toEqual([...bytes]);
        const decoded = utf8Decode(bytes);
        expect(decoded.length).toBeLessThanOrEqual(bytes.length);
        let wanted: string;
        try {
          wanted = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          // One U+FFFD for each bad byte, where TextDecoder has one for each bad run: the rest is the same.
          const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
          expect(decoded.replace(/\uFFFD+/g, '\uFFFD')).toBe(loose.replace(/\uFFFD+/g, '\uFFFD'));
          return;
        }
        expect(decoded).toBe(wanted);
      }),
      propertyRuns(RUNS),
    );
  });
});

const change = fc.record({
  table: fc.constantFrom('a', 'b', 'c'),
  key: fc.constantFrom('k', 'l', 'm', '__proto__'),
  value: fc.option(fc.nat(3), { nil: undefined }),
});

function write(records: RecordStore, { table, key, value }: { table: string; key: string; value: number | undefined }) {
  const target = records.table(tableName<number>(table));
  if (value === undefined) target.delete(key);
  else target.set(key, value);
}

describe('ST1: the journal of the records', () => {
  test('a diff leads from the state before to the state after, and reversed back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 10 }), { minLength: 1, maxLength: 6 }), (rounds) => {
        const records = new RecordStore();
        const dumps = [dumpOf(records)];
        const diffs = rounds.map((changes) => {
          for (const each of changes) write(records, each);
          dumps.push(dumpOf(records));
          return records.commit();
        });
        for (const diff of diffs) {
          expect(new Set(diff.map(({ table, key }) => `${table}/${key}`)).size).toBe(diff.length);
          for (const { from, to } of diff) expect(from).not.toBe(to);
        }
        for (let at = diffs.length; at > 0; at--) {
          records.apply(reverse(diffs[at - 1] ?? []));
          expect(firstDifference(dumps[at - 1] ?? new Map(), dumpOf(records))).toBe(null);
        }
        for (let at = 0; at < diffs.length; at++) {
          records.apply(diffs[at] ?? []);
          expect(firstDifference(dumps[at + 1] ?? new Map(), dumpOf(records))).toBe(null);
        }
      }),
      propertyRuns(RUNS / 2),
    );
  });

  test('rollback takes back all since the commit, and listeners hear every change', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 10 }), fc.array(change, { maxLength: 10 }), (kept, taken) => {
        const records = new RecordStore();
        const heard = new Map<string, unknown>();
        records.onChange(({ table, key, to }) => {
          if (to === undefined) heard.delete(`${table}/${key}`);
          else heard.set(`${table}/${key}`, to);
        });
        for (const each of kept) write(records, each);
        records.commit();
        const before = dumpOf(records);
        for (const each of taken) write(records, each);
        records.rollback();
        expect(firstDifference(before, dumpOf(records))).toBe(null);
        expect(records.commit()).toEqual([]);
        const now = [...before].flatMap(([table, rows]) => [...rows].map(([key, value]) => [`${table}/${key}`, value]));
        expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(now));
      }),
      propertyRuns(RUNS / 2),
    );
  });
});
