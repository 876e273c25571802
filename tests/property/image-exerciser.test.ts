import { expect, test } from 'vitest';
import { exerciseImages } from '../helpers/image-exerciser/exerciser.ts';

/** A failure prints its seed, which `PROPERTY_SEED` takes; `PROPERTY_RUNS` makes it more operations. */
const { PROPERTY_SEED: seed = '20261122', PROPERTY_RUNS: operations = '20000' } = process.env;

test('images hold the bytes that a plain model holds, whatever is done to them', { timeout: 3_600_000 }, () => {
  const number = seed === 'random' ? Math.floor(Math.random() * 2 ** 32) : Number(seed);
  console.log(`image exerciser: ${operations} operations, seed ${number}`);
  expect(() => exerciseImages(number, Number(operations))).not.toThrow();
});
