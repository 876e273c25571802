import { describe, expect, test } from 'vitest';
import type { BucketAlg, CrushBucket, CrushMap, CrushStep } from '../../../../src/engine/crush/crush-map.ts';
import { provideCore } from '../../../../src/engine/crush/map-core.ts';
import { mapInputs } from '../../../../src/engine/crush/map-inputs.ts';
import { makeCore } from '../../../../src/engine/crush/simd-core.ts';
import { OPTIMAL_TUNABLES } from '../../../../src/engine/crush/tunables.ts';

const ABSURD = 0x7fffffff;

/** Ten hosts of one OSD; a rule for as many hosts as there are, and one more. */
function hostile(alg: BucketAlg, mode: 'firstn' | 'indep', tries: number, type = 1): CrushMap {
  const hosts = Array.from({ length: 10 }, (_, n) => ({ id: -2 - n, items: [n] }));
  const bucket = { alg, hash: 0, weight: 0x10000 };
  const root = { ...bucket, id: -1, type: 2, items: hosts.map(({ id }) => id), itemWeights: hosts.map(() => 0x10000) };
  const choose: CrushStep =
    type === 4 ? { op: 'choosemsr', num: 11, type: 1 } : { op: 'chooseleaf', mode, num: 11, type: 1 };
  const steps: CrushStep[] = [
    { op: 'set', what: type === 4 ? 'msr_descents' : 'choose_tries', value: tries },
    { op: 'take', item: -1 },
    choose,
    ...(type === 4 ? [{ op: 'choosemsr' as const, num: 1, type: 0 }] : []),
    { op: 'emit' },
  ];
  return {
    tunables: OPTIMAL_TUNABLES,
    maxDevices: 10,
    types: new Map(['osd', 'host', 'root'].map((name, id) => [id, name])),
    buckets: new Map<number, CrushBucket>([
      [-1, root],
      ...hosts.map(({ id, items }) => [id, { ...bucket, id, type: 1, items, itemWeights: [0x10000] }] as const),
    ]),
    names: new Map(),
    rules: new Map([[0, { id: 0, name: 'r', type, minSize: 1, maxSize: 20, steps }]]),
    deviceClasses: new Map(),
    classNames: new Map(),
    classBuckets: new Map(),
    chooseArgs: new Map(),
  };
}

function map(crush: CrushMap) {
  return mapInputs({
    map: crush,
    ruleId: 0,
    inputs: Int32Array.of(1, 2),
    size: 11,
    weights: new Uint32Array(10).fill(0x10000),
  });
}

describe.each([
  ['the core', makeCore()],
  ['the reference', undefined],
])('%s', (_name, core) => {
  test.each([
    ['straw2', 'firstn', 1],
    ['straw2', 'indep', 1],
    ['uniform', 'firstn', 1],
    ['list', 'indep', 1],
    ['straw2', 'firstn', 4],
  ] as const)('gives up with ELOOP where a map of %s tries for ever (%s, rule type %i)', (alg, mode, type) => {
    provideCore(core);
    expect(() => map(hostile(alg, mode, ABSURD, type))).toThrow(expect.objectContaining({ name: 'CephError' }));
    expect(() => map(hostile(alg, mode, ABSURD, type))).toThrow(/for ever/);
  });

  test('maps where ten thousand tries for a place are in vain', () => {
    provideCore(core);
    expect([...map(hostile('straw2', 'firstn', 10_000)).lengths]).toEqual([10, 10]);
  });
});
