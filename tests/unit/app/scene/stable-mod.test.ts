import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableMod } from '../../../../src/app/scene/stable-mod.ts';

test('recorded placements: hash to PG with 64 PGs', () => {
  expect(stableMod('720d84c2', 64)).toEqual({ mask: '3f', seed: '2', folded: false });
  expect(stableMod('3389b85a', 64).seed).toBe('1a');
  expect(stableMod('792fc913', 64).seed).toBe('13');
  expect(stableMod('ba46737', 64).seed).toBe('37');
});

test('where pg_num is no power of two, a number beyond it folds back by one bit', () => {
  expect(stableMod('b', 12)).toEqual({ mask: 'f', seed: 'b', folded: false });
  expect(stableMod('d', 12)).toEqual({ mask: '7', seed: '5', folded: true });
});

test('the PG is always one that exists, and one PG takes all', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.integer({ min: 1, max: 70_000 }), (hash, pgNum) => {
      const found = stableMod(hash.toString(16), pgNum);
      expect(Number.parseInt(found.seed, 16)).toBeLessThan(pgNum);
    }),
  );
  expect(stableMod('ffffffff', 1).seed).toBe('0');
});
