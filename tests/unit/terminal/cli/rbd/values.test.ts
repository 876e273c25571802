import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../../../src/terminal/cli/rbd/date-text.ts';
import { parseSize } from '../../../../../src/terminal/cli/rbd/values.ts';

describe('sizes', () => {
  // As the real tool takes and refuses them.
  it.each([
    ['1', 1024 ** 2],
    ['+5', 5 * 1024 ** 2],
    ['010', 10 * 1024 ** 2],
    ['1B', 1],
    ['1K', 1024],
    ['1Ki', 1024],
    ['1KiB', 1024],
    ['1KB', 1024],
    ['10M', 10 * 1024 ** 2],
    ['1MiB', 1024 ** 2],
    ['2G', 2 * 1024 ** 3],
    ['3T', 3 * 1024 ** 4],
    ['1E', 1024 ** 6],
  ])('%s', (text, bytes) => {
    expect(parseSize(text, 'M')).toBe(bytes);
  });

  it.each([
    '',
    '1k',
    '1b',
    '1iB',
    '1Bi',
    '10m',
    '1Mb',
    '1.5',
    '1 M',
    '5M5',
    '0x10',
    '-5',
    '16E',
    'abc',
    '8E',
  ])('%j is none', (text) => {
    expect(parseSize(text, 'M')).toBeUndefined();
  });

  it('counts bytes where the option does', () => {
    expect(parseSize('4096', 'B')).toBe(4096);
  });
});

describe('dates', () => {
  const NOW_US = Date.UTC(2026, 10, 22, 11, 43) * 1000;
  const DAY_US = 86_400_000_000;

  it.each([
    ['now', NOW_US],
    ['tomorrow', NOW_US + DAY_US],
    ['2099-01-01', Date.UTC(2099, 0, 1) * 1000],
    ['2099-01-01 00:00:00', Date.UTC(2099, 0, 1) * 1000],
    ['2028-02-29T12:30', Date.UTC(2028, 1, 29, 12, 30) * 1000],
    ['@1795348033', 1_795_348_033_000_000],
    ['3 days', NOW_US + 3 * DAY_US],
    ['now + 2 weeks', NOW_US + 14 * DAY_US],
    ['1 hour ago', NOW_US - 3_600_000_000],
  ])('%s', (text, at_us) => {
    expect(parseDate(text, NOW_US)).toBe(at_us);
  });

  it.each(['badtime', '2026-02-29', '2026-13-01', '2026-01-01 25:00', '3 lightyears', ''])('%j is none', (text) => {
    expect(parseDate(text, NOW_US)).toBeUndefined();
  });

  it('counts days as the calendar does, over leap years and centuries', () => {
    for (let year = 1970; year <= 2400; year++) {
      for (const [month, day] of [
        [1, 1],
        [2, 28],
        [3, 1],
        [12, 31],
      ] as const) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        expect(parseDate(text, NOW_US), text).toBe(Date.UTC(year, month - 1, day) * 1000);
      }
    }
  });
});
