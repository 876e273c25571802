import { expect, it } from 'vitest';
import { cellsOf, positionAfter } from '../../../../../src/app/views/terminal/columns.ts';
import { costRows } from '../../../../../src/app/views/terminal/cost-rows.ts';
import { settled } from '../../../../../src/app/views/terminal/paint.ts';

it('Chinese characters take two cells, combining marks none', () => {
  expect(cellsOf('rbd 快照')).toBe(8);
  expect(cellsOf('e\u0301')).toBe(1);
});

it('tells the cell after a text, across rows', () => {
  expect(positionAfter('abc', 10)).toEqual({ row: 0, column: 3 });
  expect(positionAfter('abcde', 5)).toEqual({ row: 1, column: 0 });
  // The wide character does not fit into the last cell and goes to the next row.
  expect(positionAfter('abcd快', 5)).toEqual({ row: 1, column: 2 });
});

it('keeps of progress lines what the screen shows in the end', () => {
  expect(settled('\rImage flatten: 1% complete...\rImage flatten: 100% complete...done.\nnext')).toBe(
    'Image flatten: 100% complete...done.\nnext',
  );
});

it('the cost line breaks between its parts, and leaves room for "why?"', () => {
  const parts = ['2 reads', '1 copy-up', '3 replica writes'];
  expect(costRows(parts, 'why?', 80)).toEqual(['  2 reads · 1 copy-up · 3 replica writes  ']);
  expect(costRows(parts, 'why?', 24)).toEqual(['  2 reads · 1 copy-up', '  3 replica writes  ']);
  expect(costRows(['3 replica writes'], 'why?', 20)).toEqual(['  3 replica writes', '  ']);
});
