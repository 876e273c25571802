import { expect, it } from 'vitest';
import { gapBefore, hexRows } from '../../../../../src/app/views/inspector/hex-rows.ts';

const bytes = Uint8Array.from({ length: 20 }, (_, index) => 0x40 + index);
const field = (off: number, len: number, depth = 0) => ({ off, len, name: 'f', value: 'v', depth });

it('cuts rows where fields begin and end, the innermost field first', () => {
  const view = { length: 20, bytes, fields: [field(0, 12), field(4, 2, 1)], type: 't' };
  const [first, second] = hexRows(view);
  expect(first?.runs.map((run) => [run.field, run.ascii])).toEqual([
    [0, '@ABC'],
    [1, 'DE'],
    [0, 'FGHIJK'],
    [-1, 'LMNO'],
  ]);
  expect(second).toEqual({ off: 16, runs: [{ field: -1, hex: '50 51 52 53', ascii: 'PQRS' }] });
});

it('with its gaps a row reads as hexdump writes it', () => {
  const rows = hexRows({ length: 20, bytes, fields: [field(3, 5), field(8, 4)], type: null });
  const text = rows.map((row) => row.runs.map((run, index) => gapBefore(row, index) + run.hex).join(''));
  expect(text[0]).toBe('40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f');
});

it('rows of eight bytes have no gap, and nothing is lost', () => {
  const rows = hexRows({ length: 20, bytes, fields: [field(6, 4)], type: null }, 8);
  expect(rows.map((row) => row.off)).toEqual([0, 8, 16]);
  const text = rows.map((row) => row.runs.map((run, index) => gapBefore(row, index) + run.hex).join(''));
  expect(text).toEqual(['40 41 42 43 44 45 46 47', '48 49 4a 4b 4c 4d 4e 4f', '50 51 52 53']);
});
