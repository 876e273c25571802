import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { crushLn, lnTable } from '../../../../src/engine/crush/ln.ts';

/** SHA-256 of the 65,536 values, decimal, with commas between: worked out from the tables of the released library. */
const ALL_VALUES = '992f6d2352d4e5476106baf21ed94bc1cbeee27aa4119e33351841dd7f40f7bb';

test('crushLn gives the logarithm that Ceph 20.2 gives, for every input', () => {
  const values = Array.from({ length: 0x10000 }, (_, u) => crushLn(u));
  expect(values.slice(0, 3)).toEqual([0, 17592186044416, 27882955186109]);
  expect(createHash('sha256').update(values.join(',')).digest('hex')).toBe(ALL_VALUES);
});

test('the table of straw2 is below zero all through, and is not in order at its end', () => {
  expect(Math.max(...lnTable().subarray(0, 100))).toBeLessThan(0);
  expect(lnTable().every((value) => value < 0 && Number.isSafeInteger(value))).toBe(true);
  expect(lnTable()[65535]).toBeLessThan(lnTable()[65534] ?? 0);
});
