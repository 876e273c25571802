import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  bytesData,
  bytesOfData,
  concatData,
  type Data,
  fillData,
  holeData,
  isZeroData,
  sliceData,
} from '../../../../../src/engine/base/data.ts';
import { sparseRuns } from '../../../../../src/terminal/cli/rbd/sparse.ts';

const piece: fc.Arbitrary<Data> = fc.oneof(
  fc.nat(40).map(holeData),
  fc.nat(40).map((length) => fillData(length)),
  fc.integer({ min: 1, max: 40 }).map((length) => fillData(length, 7)),
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map(bytesData),
  fc.integer({ min: 1, max: 40 }).map((length) => bytesData(new Uint8Array(length))),
);

/** Step by step, as the real tool looks at its buffer. */
function slowly(data: Data, step: number): { off: number; len: number; zero: boolean }[] {
  const runs: { off: number; len: number; zero: boolean }[] = [];
  for (let off = 0; off < data.length; off += step) {
    const len = Math.min(step, data.length - off);
    const zero = bytesOfData(data, off, len).every((byte) => byte === 0);
    const last = runs.at(-1);
    if (last !== undefined && last.zero === zero) last.len += len;
    else runs.push({ off, len, zero });
  }
  return runs;
}

it('stretches of zeros are those that looking at every step finds', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 32 }), (pieces, step) => {
      const data = concatData(pieces);
      expect(sparseRuns(data, step)).toEqual(slowly(data, step));
    }),
    { numRuns: 1000 },
  );
});

it('a step of 0 makes one stretch of everything', () => {
  expect(sparseRuns(holeData(10), 0)).toEqual([{ off: 0, len: 10, zero: false }]);
});

it('a hundred gibibytes without bytes take no time', () => {
  const data = concatData([holeData(50 * 1024 ** 3), fillData(50 * 1024 ** 3, 1)]);
  expect(sparseRuns(data, 4096).map(({ zero }) => zero)).toEqual([true, false]);
  expect(isZeroData(sliceData(data, 0, 4096))).toBe(true);
});
