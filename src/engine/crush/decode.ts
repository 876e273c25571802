import { utf8Decode } from '../base/utf8.ts';
import { Decoder } from '../codec/denc.ts';
import { checkCrushMap } from './check.ts';
import { ALG } from './compiled.ts';
import type { BucketAlg, CrushBucket, CrushChooseArg, CrushMap, CrushRule, CrushTunables } from './crush-map.ts';
import { finalized, fitChooseArgs } from './finalize.ts';
import { withPlaces } from './places.ts';
import { stepOf } from './steps.ts';
import { LEGACY_TUNABLES } from './tunables.ts';

const MAGIC = 0x10000;

/** A map of 10,000 devices with weight sets has less than a tenth. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What entries take once they are built, and a bucket without its items. */
const BUILT_BYTES = { number: 80, name: 120, map: 320, list: 120, arg: 240, bucket: 400 } as const;

/**
 * Reads a binary CRUSH map, as `ceph osd getcrushmap` and OSD maps have it. What is left out at the end by old
 * releases gets the values that those releases meant. Every field is kept, but for the number of devices, which is
 * counted anew, and for weight sets that do not fit their bucket, which are made to. Errors: EINVAL with the offset
 * where bytes make no sense.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::decode — exact, but that a map of more than 16 MiB and one that
 *   check.ts refuses are errors, and that a bucket out of its place is one
 */
export function decodeCrushMap(bytes: Uint8Array): CrushMap {
  const decoder = new Decoder(bytes);
  if (bytes.length > MAX_BYTES) throw decoder.fault('too-large', `a CRUSH map of ${bytes.length} bytes`);
  if (decoder.at('magic').u32() !== MAGIC) throw decoder.fault('corrupt', 'not a CRUSH map', 0);
  const maxBuckets = places(decoder, 'max_buckets');
  const maxRules = places(decoder, 'max_rules');
  decoder.at('max_devices').s32();
  const buckets = sparse(decoder, 'buckets', maxBuckets, (place) => decodeBucket(decoder, -1 - place));
  const rules = sparse(decoder, 'rules', maxRules, (id) => decodeRule(decoder, id));
  const types = nameMap(decoder.at('type_map'));
  const names = nameMap(decoder.at('name_map'));
  const ruleNames = nameMap(decoder.at('rule_name_map'));
  const early = decodeTunables(decoder);
  const classes = decodeClasses(decoder);
  const chooseArgs =
    decoder.remaining > 0 ? decodeChooseArgs(decoder, maxBuckets) : new Map<number, CrushChooseArg[]>();
  const map: CrushMap = {
    tunables: { ...early, ...decodeMsrTunables(decoder) },
    maxDevices: 0,
    types,
    names,
    buckets: new Map(buckets.map((bucket) => [bucket.id, bucket])),
    rules: new Map(rules.map((rule) => [rule.id, { ...rule, name: ruleNames.get(rule.id) ?? '' }])),
    ...classes,
    chooseArgs,
  };
  const whole = withPlaces(withStrayNames(map, ruleNames), maxBuckets, maxRules);
  return checkCrushMap(finalized(fitChooseArgs(whole)));
}

function withStrayNames(map: CrushMap, ruleNames: ReadonlyMap<number, string>): CrushMap {
  const stray = [...ruleNames].filter(([id, name]) => map.rules.get(id)?.name !== name || name === '');
  return stray.length === 0 ? map : { ...map, strayRuleNames: new Map(stray) };
}

/** How many places follow, each of at least four bytes. */
function places(decoder: Decoder, name: string): number {
  const count = decoder.at(name).u32();
  if (count * 4 > decoder.remaining) {
    const kind = count * 4 > MAX_BYTES ? 'corrupt' : 'truncated';
    throw decoder.fault(kind, `${count} places in ${decoder.remaining} bytes`, decoder.offset - 4);
  }
  return count;
}

/** Entries by place, empty places left out. */
function sparse<T>(decoder: Decoder, name: string, count: number, read: (place: number) => T | undefined): T[] {
  const out: T[] = [];
  for (let place = 0; place < count; place++) {
    const value = decoder.inside(name, place, () => read(place));
    if (value !== undefined) out.push(value);
  }
  return out;
}

function numberMap<T>(decoder: Decoder, value: (decoder: Decoder) => T, entry_bytes: number): Map<number, T> {
  return decoder.map((each) => each.s32(), value, entry_bytes);
}

/** Names by id. Early releases wrote ids of 64 bits: then the high half stands where the length should, and is 0. */
function nameMap(decoder: Decoder): Map<number, string> {
  const name = (each: Decoder) => {
    const length = each.u32();
    return utf8Decode(each.raw(length === 0 ? each.u32() : length));
  };
  return numberMap(decoder, name, BUILT_BYTES.name);
}

function decodeBucket(decoder: Decoder, place: number): CrushBucket | undefined {
  const kind = decoder.at('alg').u32();
  if (kind === 0) return undefined;
  decoder.builds(BUILT_BYTES.bucket);
  const id = decoder.at('id').s32();
  if (id !== place) throw decoder.fault('corrupt', `bucket ${id} in the place of ${place}`);
  const type = decoder.at('type').u16();
  const alg = algOf(decoder, decoder.at('alg').u8());
  if (ALG[alg] !== kind) throw decoder.fault('corrupt', `bucket of kinds ${kind} and ${alg}`);
  const hash = decoder.at('hash').u8();
  const weight = decoder.at('weight').u32();
  const size = decoder.at('size').count(4);
  const items = numbers(decoder.at('items'), size, () => decoder.s32());
  return { id, type, alg, hash, weight, items, ...decodeWeights(decoder.at('item_weights'), alg, size) };
}

/** So many numbers; it is known that there are bytes for them. */
function numbers(decoder: Decoder, count: number, read: () => number): number[] {
  if (count * 4 > decoder.remaining) throw decoder.fault('truncated', `${count} numbers in ${decoder.remaining} bytes`);
  return Array.from({ length: count }, read);
}

function algOf(decoder: Decoder, value: number): BucketAlg {
  for (const alg of ['uniform', 'list', 'tree', 'straw', 'straw2'] as const) if (ALG[alg] === value) return alg;
  throw decoder.fault('corrupt', `unknown bucket kind ${value}`);
}

function decodeWeights(decoder: Decoder, alg: BucketAlg, size: number): Pick<CrushBucket, 'itemWeights' | 'derived'> {
  const next = () => decoder.u32();
  if (alg === 'straw2') return { itemWeights: numbers(decoder, size, next) };
  if (alg === 'uniform') {
    const weight = decoder.u32();
    return { itemWeights: new Array<number>(size).fill(weight), derived: [weight] };
  }
  if (alg === 'tree') {
    const derived = numbers(decoder, decoder.at('num_nodes').u8(), next);
    return { itemWeights: Array.from({ length: size }, (_, item) => derived[2 * item + 1] ?? 0), derived };
  }
  const pairs = numbers(decoder, 2 * size, next);
  return { itemWeights: pairs.filter((_, at) => at % 2 === 0), derived: pairs.filter((_, at) => at % 2 === 1) };
}

/** Bytes that a step takes. */
const STEP_BYTES = 12;

function decodeRule(decoder: Decoder, id: number): CrushRule | undefined {
  if (decoder.at('exists').u32() === 0) return undefined;
  const length = decoder.at('len').count(STEP_BYTES);
  const ruleset = decoder.at('ruleset').u8();
  if (ruleset !== id) throw decoder.fault('corrupt', `rule ${id} has ruleset ${ruleset}`);
  const type = decoder.at('type').u8();
  const minSize = decoder.at('min_size').u8();
  const maxSize = decoder.at('max_size').u8();
  decoder.at('steps');
  const steps = Array.from({ length }, () => stepOf({ code: decoder.u32(), arg1: decoder.s32(), arg2: decoder.s32() }));
  return { id, name: '', type, minSize, maxSize, steps };
}

/** Tunables came one after another over the releases: the map ends where those of its release end. */
function decodeTunables(decoder: Decoder): CrushTunables {
  const old = LEGACY_TUNABLES;
  const next = (name: string, bytes: 1 | 4, otherwise: number) => {
    if (decoder.remaining === 0) return otherwise;
    return bytes === 1 ? decoder.at(name).u8() : decoder.at(name).u32();
  };
  return {
    ...old,
    chooseLocalTries: next('choose_local_tries', 4, old.chooseLocalTries),
    chooseLocalFallbackTries: next('choose_local_fallback_tries', 4, old.chooseLocalFallbackTries),
    chooseTotalTries: next('choose_total_tries', 4, old.chooseTotalTries),
    chooseleafDescendOnce: next('chooseleaf_descend_once', 4, old.chooseleafDescendOnce),
    chooseleafVaryR: next('chooseleaf_vary_r', 1, old.chooseleafVaryR),
    strawCalcVersion: next('straw_calc_version', 1, old.strawCalcVersion),
    allowedBucketAlgs: next('allowed_bucket_algs', 4, old.allowedBucketAlgs),
    chooseleafStable: next('chooseleaf_stable', 1, old.chooseleafStable),
  };
}

function decodeMsrTunables(decoder: Decoder): Pick<CrushTunables, 'msrDescents' | 'msrCollisionTries'> {
  if (decoder.remaining === 0) return { msrDescents: 100, msrCollisionTries: 100 };
  return { msrDescents: decoder.at('msr_descents').u32(), msrCollisionTries: decoder.at('msr_collision_tries').u32() };
}

function decodeClasses(decoder: Decoder): Pick<CrushMap, 'deviceClasses' | 'classNames' | 'classBuckets'> {
  if (decoder.remaining === 0) return { deviceClasses: new Map(), classNames: new Map(), classBuckets: new Map() };
  return {
    deviceClasses: numberMap(decoder.at('class_map'), int, BUILT_BYTES.number),
    classNames: numberMap(decoder.at('class_name'), (each) => each.string(), BUILT_BYTES.name),
    classBuckets: numberMap(
      decoder.at('class_bucket'),
      (each) => numberMap(each.at('shadows'), int, BUILT_BYTES.number),
      BUILT_BYTES.map,
    ),
  };
}

function int(decoder: Decoder): number {
  return decoder.s32();
}

function decodeChooseArgs(decoder: Decoder, maxBuckets: number): Map<number, CrushChooseArg[]> {
  return decoder.at('choose_args').map(
    (each) => each.at('key').s64(),
    (each) => {
      const list = each.at('args').list((arg) => decodeChooseArg(arg, maxBuckets), BUILT_BYTES.arg);
      const args = new Map(list.map((arg) => [arg.bucketId, arg]));
      return [...args.values()].sort((a, b) => b.bucketId - a.bucketId);
    },
    BUILT_BYTES.map,
  );
}

function decodeChooseArg(decoder: Decoder, maxBuckets: number): CrushChooseArg {
  const index = decoder.at('bucket').u32();
  if (index >= maxBuckets) throw decoder.fault('corrupt', `choose_args of place ${index}`);
  const weights = (set: Decoder) => set.at('weights').list((each) => each.u32());
  const weightSets = decoder.at('weight_set').list(weights, BUILT_BYTES.list);
  return { bucketId: -1 - index, weightSets, ids: decoder.at('ids').list(int) };
}
