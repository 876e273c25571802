import { CephError } from '../base/errno.ts';
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

/**
 * Reads a binary CRUSH map, as `ceph osd getcrushmap` and OSD maps have it. What is left out at the end by old
 * releases gets the values that those releases meant. Every field is kept, but for the number of devices, which is
 * counted anew, and for weight sets that do not fit their bucket, which are made to. Errors: EINVAL with the offset
 * where bytes make no sense.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::decode — exact
 */
export function decodeCrushMap(bytes: Uint8Array): CrushMap {
  const decoder = new Decoder(bytes);
  if (decoder.u32() !== MAGIC) throw new CephError('EINVAL', 'at byte 0: not a CRUSH map');
  const maxBuckets = boundedCount(decoder, decoder.s32());
  const maxRules = boundedCount(decoder, decoder.u32());
  decoder.s32();
  const buckets = sparse(maxBuckets, (place) => decodeBucket(decoder, -1 - place)).map(([, bucket]) => bucket);
  const rules = sparse(maxRules, (id) => decodeRule(decoder, id)).map(([, rule]) => rule);
  const types = nameMap(decoder);
  const names = nameMap(decoder);
  const ruleNames = nameMap(decoder);
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

/** A count of entries that take at least four bytes each: refused where there cannot be so many. */
function boundedCount(decoder: Decoder, count: number): number {
  if (count < 0 || count > decoder.remaining / 4) {
    throw new CephError('EINVAL', `at byte ${decoder.offset}: ${count} entries in ${decoder.remaining} bytes`);
  }
  return count;
}

/** Entries by place, empty places left out. */
function sparse<T>(count: number, read: (place: number) => T | undefined): [place: number, value: T][] {
  const out: [number, T][] = [];
  for (let place = 0; place < count; place++) {
    const value = read(place);
    if (value !== undefined) out.push([place, value]);
  }
  return out;
}

function numberMap<T>(decoder: Decoder, value: (decoder: Decoder) => T): Map<number, T> {
  return new Map(decoder.list((each): [number, T] => [each.s32(), value(each)]));
}

/** Names by id. Early releases wrote ids of 64 bits: then the high half stands where the length should, and is 0. */
function nameMap(decoder: Decoder): Map<number, string> {
  return numberMap(decoder, (each) => {
    const length = each.u32();
    return utf8Decode(each.raw(length === 0 ? each.u32() : length));
  });
}

function decodeBucket(decoder: Decoder, place: number): CrushBucket | undefined {
  const kind = decoder.u32();
  if (kind === 0) return undefined;
  const id = decoder.s32();
  if (id !== place) throw new CephError('EINVAL', `at byte ${decoder.offset}: bucket ${id} in the place of ${place}`);
  const type = decoder.u16();
  const alg = algOf(decoder, decoder.u8());
  if (ALG[alg] !== kind) throw new CephError('EINVAL', `at byte ${decoder.offset}: bucket of kinds ${kind} and ${alg}`);
  const hash = decoder.u8();
  const weight = decoder.u32();
  const size = boundedCount(decoder, decoder.u32());
  const items = Array.from({ length: size }, () => decoder.s32());
  return { id, type, alg, hash, weight, items, ...decodeWeights(decoder, alg, size) };
}

function algOf(decoder: Decoder, value: number): BucketAlg {
  for (const alg of ['uniform', 'list', 'tree', 'straw', 'straw2'] as const) if (ALG[alg] === value) return alg;
  throw new CephError('EINVAL', `at byte ${decoder.offset}: unknown bucket kind ${value}`);
}

function decodeWeights(decoder: Decoder, alg: BucketAlg, size: number): Pick<CrushBucket, 'itemWeights' | 'derived'> {
  if (alg === 'straw2') return { itemWeights: Array.from({ length: size }, () => decoder.u32()) };
  if (alg === 'uniform') {
    const weight = decoder.u32();
    return { itemWeights: new Array<number>(size).fill(weight), derived: [weight] };
  }
  if (alg === 'tree') {
    const derived = Array.from({ length: decoder.u8() }, () => decoder.u32());
    return { itemWeights: Array.from({ length: size }, (_, item) => derived[2 * item + 1] ?? 0), derived };
  }
  const pairs = Array.from({ length: size }, () => [decoder.u32(), decoder.u32()] as const);
  return { itemWeights: pairs.map(([weight]) => weight), derived: pairs.map(([, derived]) => derived) };
}

function decodeRule(decoder: Decoder, id: number): CrushRule | undefined {
  if (decoder.u32() === 0) return undefined;
  const length = boundedCount(decoder, decoder.u32());
  const ruleset = decoder.u8();
  if (ruleset !== id) throw new CephError('EINVAL', `at byte ${decoder.offset}: rule ${id} has ruleset ${ruleset}`);
  const type = decoder.u8();
  const minSize = decoder.u8();
  const maxSize = decoder.u8();
  const steps = Array.from({ length }, () => stepOf({ code: decoder.u32(), arg1: decoder.s32(), arg2: decoder.s32() }));
  return { id, name: '', type, minSize, maxSize, steps };
}

/** Tunables came one after another over the releases: the map ends where those of its release end. */
function decodeTunables(decoder: Decoder): CrushTunables {
  const old = LEGACY_TUNABLES;
  const next = (read: () => number, otherwise: number) => (decoder.remaining > 0 ? read() : otherwise);
  return {
    ...old,
    chooseLocalTries: next(() => decoder.u32(), old.chooseLocalTries),
    chooseLocalFallbackTries: next(() => decoder.u32(), old.chooseLocalFallbackTries),
    chooseTotalTries: next(() => decoder.u32(), old.chooseTotalTries),
    chooseleafDescendOnce: next(() => decoder.u32(), old.chooseleafDescendOnce),
    chooseleafVaryR: next(() => decoder.u8(), old.chooseleafVaryR),
    strawCalcVersion: next(() => decoder.u8(), old.strawCalcVersion),
    allowedBucketAlgs: next(() => decoder.u32(), old.allowedBucketAlgs),
    chooseleafStable: next(() => decoder.u8(), old.chooseleafStable),
  };
}

function decodeMsrTunables(decoder: Decoder): Pick<CrushTunables, 'msrDescents' | 'msrCollisionTries'> {
  if (decoder.remaining === 0) return { msrDescents: 100, msrCollisionTries: 100 };
  return { msrDescents: decoder.u32(), msrCollisionTries: decoder.u32() };
}

function decodeClasses(decoder: Decoder): Pick<CrushMap, 'deviceClasses' | 'classNames' | 'classBuckets'> {
  if (decoder.remaining === 0) return { deviceClasses: new Map(), classNames: new Map(), classBuckets: new Map() };
  return {
    deviceClasses: numberMap(decoder, (each) => each.s32()),
    classNames: numberMap(decoder, (each) => each.string()),
    classBuckets: numberMap(decoder, (each) => numberMap(each, (inner) => inner.s32())),
  };
}

function decodeChooseArgs(decoder: Decoder, maxBuckets: number): Map<number, CrushChooseArg[]> {
  return new Map(
    decoder.list((each): [number, CrushChooseArg[]] => {
      const key = each.s64();
      const args = new Map(each.list((arg) => decodeChooseArg(arg, maxBuckets)).map((arg) => [arg.bucketId, arg]));
      return [key, [...args.values()].sort((a, b) => b.bucketId - a.bucketId)];
    }),
  );
}

function decodeChooseArg(decoder: Decoder, maxBuckets: number): CrushChooseArg {
  const index = decoder.u32();
  if (index >= maxBuckets) throw new CephError('EINVAL', `at byte ${decoder.offset}: choose_args of place ${index}`);
  const weightSets = decoder.list((set) => set.list((each) => each.u32()));
  return { bucketId: -1 - index, weightSets, ids: decoder.list((each) => each.s32()) };
}
