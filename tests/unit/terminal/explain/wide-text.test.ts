import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnsOf, wrapColumns } from '../../../../src/terminal/cli/explain/wide-text.ts';

const CHARS = [...'ab- 快照，。（）'];
const text = fc.string({ unit: fc.constantFrom(...CHARS), maxLength: 60 });

it('counts two columns for a Chinese character and its marks', () => {
  expect(columnsOf('快照 snap，')).toBe(11);
});

it('breaks beside Chinese characters and at blanks, not before a mark that closes', () => {
  expect(wrapColumns('把克隆 clone 扁平化。', 8)).toEqual(['把克隆', 'clone 扁', '平化。']);
  expect(wrapColumns('一二三四。', 8)).toEqual(['一二三', '四。']);
  expect(wrapColumns('用 object-map（索引）', 10)).toEqual(['用', 'object-map', '（索引）']);
});

it('loses nothing but the blanks at breaks, and keeps to the columns', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 10, max: 40 }), (words, columns) => {
      const lines = wrapColumns(words, columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
      for (const line of lines) if (/[ 快照]/.test(line.trim())) expect(longestRest(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

/** Columns of a line, without what could not be broken at its end. */
function longestRest(line: string): number {
  return columnsOf(line.replace(/[^ 快照]+$/, ''));
}
