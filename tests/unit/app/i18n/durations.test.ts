import { expect, test } from 'vitest';
import { formatDuration } from '../../../../src/app/i18n/format.ts';
import { troubleEn } from '../../../../src/app/i18n/trouble.en.ts';
import { troubleZhCn } from '../../../../src/app/i18n/trouble.zh-CN.ts';

test('a time is never told with 60 seconds', () => {
  const times_s = [59.4, 59.96, 60, 119.96, 599.96, 601];
  expect(times_s.map((s) => troubleEn.time_s(s))).toEqual(['59 s', '1 min', '1 min', '2 min', '10 min', '10 min 1 s']);
  expect(times_s.map((s) => troubleZhCn.time_s(s))).toEqual(['59 秒', '1 分', '1 分', '2 分', '10 分', '10 分 1 秒']);
  expect([119_960_000, 61_000_000].map(formatDuration)).toEqual(['2 min 0 s', '1 min 1 s']);
});
