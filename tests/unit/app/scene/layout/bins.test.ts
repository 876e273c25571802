import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  binEdge,
  binLane,
  binOf,
  countCells,
  KINDS,
  laneStats,
  stackBin,
} from '../../../../../src/app/scene/layout/bins.ts';

const lanes = fc.uint8Array({ min: 0, max: 6, minLength: 1, maxLength: 400 });

test('every cell of the range is counted in one bin, and in the bin that binOf tells', () => {
  fc.assert(
    fc.property(lanes, fc.integer({ min: 1, max: 90 }), (cells, wanted) => {
      const range = { from: Math.floor(cells.length / 4), to: cells.length };
      const bins = Math.min(wanted, range.to - range.from);
      const made = binLane(cells, range, bins);
      const expected = new Uint32Array(bins * KINDS);
      for (let at = range.from; at < range.to; at++) {
        const slot = binOf(range, bins, at) * KINDS + (cells[at] ?? 0);
        expected[slot] = (expected[slot] ?? 0) + 1;
      }
      expect(made.counts).toEqual(expected);
    }),
  );
});

test('bins have equal width, give or take one cell, and cover the range without gaps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 300 }), (length, wanted) => {
      const range = { from: 7, to: 7 + length };
      const bins = Math.min(wanted, length);
      const widths = Array.from({ length: bins }, (_, at) => binEdge(range, bins, at + 1) - binEdge(range, bins, at));
      expect(widths.reduce((sum, it) => sum + it, 0)).toBe(length);
      expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1);
    }),
  );
});

test('one object among thousands is still seen: two pixels at least', () => {
  const cells = new Uint8Array(25_600);
  cells[12_345] = 1;
  const bins = binLane(cells, { from: 0, to: 25_600 }, 100);
  const bin = binOf(bins.range, 100, 12_345);
  expect(stackBin(bins, bin, 22)).toEqual([{ kind: 1, y: expect.closeTo(19.9, 0), height: expect.closeTo(2.08, 1) }]);
  expect(stackBin(bins, bin + 1, 22)).toEqual([]);
});

test('slices of a bin never overlap and never leave it', () => {
  fc.assert(
    fc.property(lanes, (cells) => {
      const bins = binLane(cells, { from: 0, to: cells.length }, 1);
      let bottom = 24;
      for (const slice of stackBin(bins, 0, 24)) {
        expect(slice.y + slice.height).toBeCloseTo(bottom, 6);
        bottom = slice.y;
      }
      expect(bottom).toBeGreaterThanOrEqual(-1e-9);
    }),
  );
});

test('a full bin fills its height', () => {
  const bins = binLane(new Uint8Array(50).fill(1), { from: 0, to: 50 }, 1);
  expect(stackBin(bins, 0, 22)[0]?.height).toBeCloseTo(22, 6);
});

test('counts of a lane are kept by the identity of its cells', () => {
  const cells = Uint8Array.of(0, 1, 2, 0);
  expect(laneStats(cells)).toBe(laneStats(cells));
  expect(laneStats(cells)).toEqual(countCells(cells, 0, 4));
  expect(laneStats(cells).usedEnd).toBe(3);
});
