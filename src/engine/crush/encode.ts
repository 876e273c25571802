import { Encoder } from '../codec/denc.ts';
import { ALG } from './compiled.ts';
import type { CrushBucket, CrushChooseArg, CrushMap, CrushRule } from './crush-map.ts';
import { derivedOf } from './derived.ts';
import { maxBucketsOf, maxRulesOf } from './places.ts';
import { rawStep } from './steps.ts';

const MAGIC = 0x10000;

/** What this release writes for the sizes that rules once had. */
const [MIN_SIZE, MAX_SIZE] = [1, 100] as const;

/**
 * Writes a CRUSH map as this release writes it, with all its features.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::encode — exact, with all features
 */
export function encodeCrushMap(map: CrushMap): Uint8Array {
  const encoder = new Encoder();
  const [maxBuckets, maxRules] = [maxBucketsOf(map), maxRulesOf(map)];
  encoder.u32(MAGIC).s32(maxBuckets).u32(maxRules).s32(map.maxDevices);
  for (let place = 0; place < maxBuckets; place++) encodeBucket(encoder, map, map.buckets.get(-1 - place));
  for (let id = 0; id < maxRules; id++) encodeRule(encoder, map.rules.get(id));
  numberMap(encoder, map.types, encodeName);
  numberMap(encoder, map.names, encodeName);
  numberMap(encoder, ruleNamesOf(map), encodeName);
  encodeTunables(encoder, map);
  numberMap(encoder, map.deviceClasses, (each, classId) => each.s32(classId));
  numberMap(encoder, map.classNames, (each, name) => each.string(name));
  numberMap(encoder, map.classBuckets, (each, byClass) => numberMap(each, byClass, (inner, id) => inner.s32(id)));
  encodeChooseArgs(encoder, map);
  return encoder.u32(map.tunables.msrDescents).u32(map.tunables.msrCollisionTries).finish();
}

/** Names of rules by id; a rule without a name has none. */
export function ruleNamesOf(map: CrushMap): ReadonlyMap<number, string> {
  const named = [...map.rules.values()].filter((rule) => rule.name !== '');
  return new Map([...(map.strayRuleNames ?? []), ...named.map((rule): [number, string] => [rule.id, rule.name])]);
}

function numberMap<T>(
  encoder: Encoder,
  entries: ReadonlyMap<number, T>,
  value: (encoder: Encoder, each: T) => void,
): void {
  const sorted = [...entries].sort(([a], [b]) => a - b);
  encoder.list(sorted, (each, [key, entry]) => value(each.s32(key), entry));
}

/** A name; an empty one, which only a damaged map has, in the form of early releases: its readers take no other. */
function encodeName(encoder: Encoder, name: string): void {
  if (name === '') encoder.u32(0);
  encoder.string(name);
}

function encodeBucket(encoder: Encoder, map: CrushMap, bucket: CrushBucket | undefined): void {
  if (bucket === undefined) {
    encoder.u32(0);
    return;
  }
  const alg = ALG[bucket.alg];
  encoder.u32(alg).s32(bucket.id).u16(bucket.type).u8(alg).u8(bucket.hash).u32(bucket.weight);
  encoder.list(bucket.items, (each, item) => each.s32(item));
  encodeWeights(encoder, bucket, derivedOf(bucket, map.tunables));
}

function encodeWeights(encoder: Encoder, bucket: CrushBucket, derived: readonly number[]): void {
  if (bucket.alg === 'tree') encoder.u8(derived.length);
  if (bucket.alg === 'uniform' || bucket.alg === 'tree') {
    for (const each of derived) encoder.u32(each);
    return;
  }
  for (const [at, weight] of bucket.itemWeights.entries()) {
    encoder.u32(weight);
    if (bucket.alg !== 'straw2') encoder.u32(derived[at] ?? 0);
  }
}

function encodeRule(encoder: Encoder, rule: CrushRule | undefined): void {
  encoder.u32(rule === undefined ? 0 : 1);
  if (rule === undefined) return;
  encoder.u32(rule.steps.length).u8(rule.id).u8(rule.type).u8(MIN_SIZE).u8(MAX_SIZE);
  for (const step of rule.steps) {
    const { code, arg1, arg2 } = rawStep(step);
    encoder.u32(code).s32(arg1).s32(arg2);
  }
}

function encodeTunables(encoder: Encoder, { tunables }: CrushMap): void {
  encoder.u32(tunables.chooseLocalTries).u32(tunables.chooseLocalFallbackTries).u32(tunables.chooseTotalTries);
  encoder.u32(tunables.chooseleafDescendOnce).u8(tunables.chooseleafVaryR).u8(tunables.strawCalcVersion);
  encoder.u32(tunables.allowedBucketAlgs).u8(tunables.chooseleafStable);
}

function encodeChooseArgs(encoder: Encoder, map: CrushMap): void {
  const sorted = [...map.chooseArgs].sort(([a], [b]) => a - b);
  encoder.list(sorted, (each, [key, args]) => {
    const used = args.filter((arg) => arg.ids.length > 0 || arg.weightSets.length > 0);
    each.s64(key).list(
      used.sort((a, b) => b.bucketId - a.bucketId),
      encodeChooseArg,
    );
  });
}

function encodeChooseArg(encoder: Encoder, arg: CrushChooseArg): void {
  encoder.u32(-1 - arg.bucketId);
  encoder.list(arg.weightSets, (each, set) => each.list(set, (inner, weight) => inner.u32(weight)));
  encoder.list(arg.ids, (each, id) => each.s32(id));
}
