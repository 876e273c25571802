import fc from 'fast-check';
import type { BucketAlg, CrushMap, CrushRule, CrushStep } from '../../../../src/engine/crush/crush-map.ts';
import { makeBucket } from '../../../../src/engine/crush/edit/bucket.ts';
import { rebuildClassRoots } from '../../../../src/engine/crush/edit/buckets.ts';
import { classIdOf } from '../../../../src/engine/crush/edit/class-ids.ts';
import {
  closeDraft,
  emptyMap,
  freeBucketId,
  openDraft,
  placeBucket,
  setName,
} from '../../../../src/engine/crush/edit/draft.ts';
import { finalized } from '../../../../src/engine/crush/finalize.ts';
import { LEGACY_TUNABLES, OPTIMAL_TUNABLES } from '../../../../src/engine/crush/tunables.ts';

const CLASSES = ['hdd', 'ssd', 'nvme'];

interface Shape {
  readonly optimal: boolean;
  readonly hosts: readonly { readonly alg: BucketAlg; readonly weights: readonly number[] }[];
  readonly rootAlg: BucketAlg;
  /** Index into CLASSES by device; 3 and more is none. */
  readonly classes: readonly number[];
  readonly rules: readonly { readonly type: number; readonly steps: readonly number[] }[];
  readonly positions: number;
}

/** Weights that text keeps: eighths. */
const WEIGHT = fc.nat(160).map((eighths) => eighths * 0x2000);
const ALG = fc.constantFrom<BucketAlg[]>('list', 'tree', 'straw', 'straw2');

const SHAPE: fc.Arbitrary<Shape> = fc.record({
  optimal: fc.boolean(),
  hosts: fc.array(fc.record({ alg: ALG, weights: fc.array(WEIGHT, { maxLength: 9 }) }), { minLength: 1, maxLength: 8 }),
  rootAlg: ALG,
  classes: fc.array(fc.nat(5), { maxLength: 40 }),
  rules: fc.array(
    fc.record({ type: fc.constantFrom(1, 3, 4, 5), steps: fc.array(fc.nat(13), { minLength: 1, maxLength: 6 }) }),
    { minLength: 1, maxLength: 5 },
  ),
  positions: fc.nat(3),
});

/** Whole maps of all sorts: kinds of buckets, classes with shadow trees, rules, weight sets. */
export const RANDOM_MAP: fc.Arbitrary<CrushMap> = SHAPE.map(mapOf);

function mapOf(shape: Shape): CrushMap {
  const draft = openDraft(emptyMap(shape.optimal ? OPTIMAL_TUNABLES : LEGACY_TUNABLES));
  for (const [type, name] of ['osd', 'host', 'root'].entries()) draft.types.set(type, name);
  let device = 0;
  const hosts = shape.hosts.map(({ alg, weights }, at) => {
    const items = weights.map(() => device++);
    const bucket = makeBucket(draft, { id: freeBucketId(draft), type: 1, alg, items, weights });
    placeBucket(draft, bucket);
    setName(draft, bucket.id, `host${at}`);
    return bucket;
  });
  const [items, weights] = [hosts.map(({ id }) => id), hosts.map(({ weight }) => weight)];
  const root = makeBucket(draft, { id: freeBucketId(draft), type: 2, alg: shape.rootAlg, items, weights });
  placeBucket(draft, root);
  setName(draft, root.id, 'default');
  for (let id = 0; id < device; id++) {
    setName(draft, id, `osd.${id}`);
    const name = CLASSES[shape.classes[id] ?? CLASSES.length];
    if (name !== undefined) draft.deviceClasses.set(id, classIdOf(draft, name));
  }
  const map = rebuildClassRoots(closeDraft(draft));
  return finalized(withWeightSets({ ...map, rules: rulesOf(shape, root.id) }, shape.positions));
}

function rulesOf(shape: Shape, root: number): ReadonlyMap<number, CrushRule> {
  return new Map(
    shape.rules.map(({ type, steps }, id) => [
      id,
      { id, name: `rule${id}`, type, minSize: 1, maxSize: 100, steps: steps.map((kind) => stepOf(kind, root)) },
    ]),
  );
}

const SETTINGS = [
  'choose_tries',
  'chooseleaf_tries',
  'choose_local_tries',
  'choose_local_fallback_tries',
  'chooseleaf_vary_r',
  'chooseleaf_stable',
  'msr_descents',
  'msr_collision_tries',
] as const;

function stepOf(kind: number, root: number): CrushStep {
  const what = SETTINGS[kind];
  if (what !== undefined) return { op: 'set', what, value: kind };
  if (kind === 8) return { op: 'take', item: root };
  if (kind === 9) return { op: 'emit' };
  if (kind === 10) return { op: 'choosemsr', num: 2, type: 1 };
  return { op: kind === 11 ? 'choose' : 'chooseleaf', mode: kind === 13 ? 'indep' : 'firstn', num: -1, type: 1 };
}

function withWeightSets(map: CrushMap, positions: number): CrushMap {
  if (positions === 0) return map;
  const straw2 = [...map.buckets.values()].filter(({ alg }) => alg === 'straw2');
  const args = straw2.map(({ id, items, itemWeights }, at) => ({
    bucketId: id,
    ids: at % 2 === 0 ? items.map((item) => item * 3) : [],
    weightSets: Array.from({ length: positions }, () => [...itemWeights]),
  }));
  return { ...map, chooseArgs: new Map([[positions === 3 ? -1 : 7, args]]) };
}
