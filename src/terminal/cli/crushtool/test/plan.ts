import type { CrushMap } from '../../../../engine/crush/crush-map.ts';
import { maxRulesOf } from '../../../../engine/crush/places.ts';
import type { GivenOption } from '../arguments.ts';
import { floatOf, type Request } from '../request.ts';

const ONE = 0x10000;

/** What `--test` and `--compare` go through. Ranges count both ends. */
export interface TestPlan {
  readonly rules: readonly [first: number, last: number];
  readonly inputs: readonly [first: number, last: number];
  readonly sizes: readonly [first: number, last: number];
  /** True where no size was given. */
  readonly noSizes: boolean;
  /** Undefined where inputs are taken as they are. */
  readonly pool: number | undefined;
  readonly batches: number;
  readonly byChance: boolean;
  readonly deviceDownRatio: number;
  readonly bucketDownRatio: number;
  /** In/out weights given for devices, 16.16 fixed point. */
  readonly weights: ReadonlyMap<number, number>;
}

/** @ceph src/crush/CrushTester.cc CrushTester::test — the defaults, exact */
export function planOf(request: Request, map: CrushMap): TestPlan {
  const sizes = range(request.all('numRep', 'minRep', 'maxRep'), 'numRep', 'minRep');
  const rules = range(request.all('rule', 'minRule', 'maxRule'), 'rule', 'minRule');
  const inputs = range(request.all('x', 'minX', 'maxX'), 'x', 'minX');
  const pool = request.number('poolId') ?? -1;
  return {
    rules: rules[0] < 0 || rules[1] < 0 ? [0, maxRulesOf(map) - 1] : rules,
    inputs: inputs[0] < 0 || inputs[1] < 0 ? [0, 1023] : inputs,
    sizes,
    noSizes: sizes[0] < 0 && sizes[1] < 0,
    pool: pool === -1 ? undefined : pool,
    batches: request.number('batches') ?? 1,
    byChance: request.has('simulate'),
    deviceDownRatio: request.number('markDownRatio') ?? 0,
    bucketDownRatio: request.number('markDownBucketRatio') ?? 1,
    weights: givenWeights(request),
  };
}

/** First and last as the options set them one after another; -1 where they do not. */
function range(options: readonly GivenOption[], both: string, firstName: string): [first: number, last: number] {
  let [first, last] = [-1, -1];
  for (const { name, number } of options) {
    if (name === both) [first, last] = [number, number];
    else if (name === firstName) first = number;
    else last = number;
  }
  return [first, last];
}

function givenWeights(request: Request): Map<number, number> {
  return new Map(
    request.all('weight').map(({ number, values }) => {
      const weight = Math.trunc(Math.fround(floatOf(values[1]) * ONE));
      return [number, Math.min(Math.max(weight, 0), ONE)];
    }),
  );
}

/** In/out weight of each device: as given, else 1 for what stands in the tree and 0 for the rest. */
export function deviceWeights(map: CrushMap, plan: TestPlan): Uint32Array {
  const placed = new Set<number>();
  for (const { items } of map.buckets.values()) for (const item of items) placed.add(item);
  return Uint32Array.from({ length: map.maxDevices }, (_, id) => plan.weights.get(id) ?? (placed.has(id) ? ONE : 0));
}
