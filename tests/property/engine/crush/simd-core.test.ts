import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { CrushMap } from '../../../../src/engine/crush/crush-map.ts';
import { provideCore, providedCore } from '../../../../src/engine/crush/map-core.ts';
import { type MapBatch, mapInputs } from '../../../../src/engine/crush/map-inputs.ts';
import { doRule } from '../../../../src/engine/crush/mapper.ts';
import { makeCore } from '../../../../src/engine/crush/simd-core.ts';
import { RANDOM_MAP } from './random-map.ts';
import { STRAW2_MAP } from './straw2-map.ts';

const core = makeCore();

beforeAll(() => provideCore(core));

const WEIGHTS = fc.array(fc.oneof(fc.constant(0x10000), fc.constant(0), fc.nat(0x10000)), { maxLength: 80 });

function batchOf(map: CrushMap, size: number, weights: readonly number[], tellsAll: boolean): MapBatch {
  const inputs = Int32Array.from({ length: 24 }, (_, at) => Math.imul(at, 0x9e3779b1));
  const deviceWeights = Uint32Array.from(
    { length: map.maxDevices },
    (_, id) => weights[id % weights.length] ?? 0x10000,
  );
  return { map, ruleId: 0, inputs, size, weights: deviceWeights, tellsAll };
}

/** Which pairs there are, whatever their order. */
function pairsOf(touched: Int32Array): string[] {
  const pairs = Array.from({ length: touched.length / 2 }, (_, at) => touched.subarray(2 * at, 2 * at + 2).join());
  return [...new Set(pairs)].sort();
}

/** What the core says and what the reference says. */
function both(batch: MapBatch) {
  return [core, undefined].map((which) => {
    provideCore(which);
    const { items, lengths, touched } = mapInputs(batch);
    return { items: [...items], lengths: [...lengths], touched: touched && pairsOf(touched) };
  });
}

test('there is a core here, so that what follows compares two things', () => {
  expect(core).toBeDefined();
  expect(providedCore()).toBe(core);
});

test.each([
  ['of straw2 alone', STRAW2_MAP, 1500],
  ['of all kinds', RANDOM_MAP, 200],
] as const)('the core maps as the reference does, on maps %s', (_name, maps, numRuns) => {
  fc.assert(
    fc.property(maps, fc.integer({ min: 1, max: 9 }), WEIGHTS, fc.boolean(), (map, size, weights, tellsAll) => {
      const [fast, plain] = both(batchOf(map, size, weights, tellsAll));
      // The core may find that there is too much to tell; the reference never does.
      expect(fast).toEqual(fast?.touched === undefined ? { ...plain, touched: undefined } : plain);
    }),
    { numRuns },
  );
});

test('a batch gives what the rule gives for each input alone, beyond one chunk and with the right choose_args', () => {
  provideCore(core);
  fc.assert(
    fc.property(STRAW2_MAP, (map) => {
      const inputs = Int32Array.from({ length: 1500 }, (_, x) => x);
      const batch = { ...batchOf(map, 3, [], false), inputs };
      const { items, lengths } = mapInputs(batch);
      for (const x of [0, 1, 1023, 1024, 1025, 1499]) {
        const found = [...items.subarray(3 * x, 3 * x + (lengths[x] ?? 0))];
        expect(found).toEqual(doRule(map, 0, x, 3, batch.weights));
      }
    }),
    { numRuns: 40 },
  );
});
