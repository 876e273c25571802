import fc from 'fast-check';
import type { CrushBucket, CrushMap, CrushRule, CrushStep } from '../../../../src/engine/crush/crush-map.ts';
import { OPTIMAL_TUNABLES } from '../../../../src/engine/crush/tunables.ts';

/** Weights that make straws alike (huge), never win (0), or are the same all over a bucket. */
const WEIGHTS = fc.oneof(
  fc.constantFrom(0x10000, 0x8000, 0xffffffff).map((weight) => [weight]),
  fc.array(fc.oneof(fc.constant(0), fc.nat(0x40000), fc.nat(0xffffffff)), { minLength: 1, maxLength: 7 }),
);

const STEP: fc.Arbitrary<CrushStep> = fc.oneof(
  fc.record({
    op: fc.constantFrom('choose' as const, 'chooseleaf' as const),
    mode: fc.constantFrom('firstn' as const, 'indep' as const),
    num: fc.integer({ min: -2, max: 4 }),
    type: fc.nat(3),
  }),
  fc.record({
    op: fc.constant('set' as const),
    what: fc.constantFrom(
      'choose_tries' as const,
      'chooseleaf_tries' as const,
      'chooseleaf_vary_r' as const,
      'chooseleaf_stable' as const,
    ),
    value: fc.nat(6),
  }),
  fc.constant<CrushStep>({ op: 'emit' }),
  fc.record({ op: fc.constant('take' as const), item: fc.integer({ min: -6, max: 5 }) }),
);

const LEAF: CrushStep = { op: 'chooseleaf', mode: 'firstn', num: 0, type: 1 };

/** Rules as people write them, and any steps whatever. */
const STEPS: fc.Arbitrary<readonly CrushStep[]> = fc.oneof(
  fc
    .constantFrom<CrushStep[]>(LEAF, { ...LEAF, mode: 'indep' }, { ...LEAF, op: 'choose', type: 0 })
    .map((step) => [step]),
  fc.array(STEP, { minLength: 1, maxLength: 5 }),
);

interface Shape {
  /** OSDs of each host, hosts of each rack. */
  readonly hosts: readonly number[];
  readonly racks: readonly number[];
  readonly weights: readonly (readonly number[])[];
  readonly steps: readonly CrushStep[];
  readonly positions: number;
  readonly tries: number;
  readonly once: number;
}

const SHAPE: fc.Arbitrary<Shape> = fc.record({
  hosts: fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }),
  racks: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
  weights: fc.array(WEIGHTS, { minLength: 1, maxLength: 5 }),
  steps: STEPS,
  positions: fc.nat(3),
  tries: fc.nat(60),
  once: fc.nat(1),
});

/**
 * Maps of straw2 buckets alone, of three levels (OSD 0, host 1, rack 2, root 3) and with rule 0, for what the SIMD core
 * does; with weight sets and other ids where there are positions.
 */
export const STRAW2_MAP: fc.Arbitrary<CrushMap> = SHAPE.map((shape) => {
  let id = -1;
  let device = 0;
  const bucketOf = (type: number, items: number[]): CrushBucket => {
    const list = shape.weights[-id % shape.weights.length] ?? [];
    const itemWeights = items.map((_, at) => list[at % list.length] ?? 0);
    return { id: id--, type, alg: 'straw2', hash: 0, weight: 0, items, itemWeights };
  };
  const hosts = shape.hosts.map((count) =>
    bucketOf(
      1,
      Array.from({ length: count }, () => device++),
    ),
  );
  const ids = hosts.map((host) => host.id);
  const racks = shape.racks.map((count) => bucketOf(2, ids.splice(0, count)));
  const root = bucketOf(3, [...racks.map((rack) => rack.id), ...ids]);
  const buckets = [...hosts, ...racks, root];
  const rule: CrushRule = {
    id: 0,
    name: 'r',
    type: 1,
    minSize: 1,
    maxSize: 10,
    steps: [{ op: 'take', item: root.id }, ...shape.steps, { op: 'emit' }],
  };
  const args = buckets.map(({ id: bucketId, items, itemWeights }) => ({
    bucketId,
    ids: items.map((item) => item * 5),
    weightSets: Array.from({ length: shape.positions }, (_, at) =>
      itemWeights.map((weight, i) => weight >>> ((at + i) % 3)),
    ),
  }));
  return {
    tunables: { ...OPTIMAL_TUNABLES, chooseTotalTries: shape.tries, chooseleafDescendOnce: shape.once },
    maxDevices: device,
    types: new Map(['osd', 'host', 'rack', 'root'].map((name, type) => [type, name])),
    buckets: new Map(buckets.map((bucket) => [bucket.id, bucket])),
    names: new Map(),
    rules: new Map([[0, rule]]),
    deviceClasses: new Map(),
    classNames: new Map(),
    classBuckets: new Map(),
    chooseArgs: shape.positions > 0 ? new Map([[-1, args]]) : new Map(),
  };
});
