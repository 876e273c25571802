import { CephError } from '../base/errno.ts';
import { Decoder } from '../codec/denc.ts';
import { checkCrushMap } from './check.ts';
import { ALG } from './compiled.ts';
import type {
  BucketAlg,
  CrushBucket,
  CrushChooseArg,
  CrushMap,
  CrushRule,
  CrushSetting,
  CrushStep,
  CrushTunables,
} from './crush-map.ts';

const MAGIC = 0x10000;

/**
 * Reads a binary CRUSH map, as `ceph osd getcrushmap` and OSD maps have it. What is left out at the end by old
 * releases gets the values that those releases meant. Errors: EINVAL with the offset where bytes make no sense,
 * EOPNOTSUPP for MSR rules.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::decode — exact, without MSR rules
 */
export function decodeCrushMap(bytes: Uint8Array): CrushMap {
  const decoder = new Decoder(bytes);
  if (decoder.u32() !== MAGIC) throw new CephError('EINVAL', 'at byte 0: not a CRUSH map');
  const maxBuckets = boundedCount(decoder, decoder.s32());
  const maxRules = boundedCount(decoder, decoder.u32());
  const maxDevices = decoder.s32();
  const buckets = sparse(maxBuckets, (place) => decodeBucket(decoder, -1 - place)).map(([, bucket]) => bucket);
  const rules = sparse(maxRules, (id) => decodeRule(decoder, id)).map(([, rule]) => rule);
  const types = numberMap(decoder, (each) => each.string());
  const names = numberMap(decoder, (each) => each.string());
  const ruleNames = numberMap(decoder, (each) => each.string());
  const early = decodeTunables(decoder);
  const classes = decodeClasses(decoder);
  const chooseArgs = decoder.remaining > 0 ? decodeChooseArgs(decoder) : new Map<number, CrushChooseArg[]>();
  return checkCrushMap({
    tunables: { ...early, ...decodeMsrTunables(decoder) },
    maxDevices,
    types,
    names,
    buckets: new Map(buckets.map((bucket) => [bucket.id, bucket])),
    rules: new Map(rules.map((rule) => [rule.id, { ...rule, name: ruleNames.get(rule.id) ?? '' }])),
    ...classes,
    chooseArgs,
  });
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

function decodeBucket(decoder: Decoder, place: number): CrushBucket | undefined {
  if (decoder.u32() === 0) return undefined;
  const id = decoder.s32();
  if (id !== place) throw new CephError('EINVAL', `at byte ${decoder.offset}: bucket ${id} in the place of ${place}`);
  const type = decoder.u16();
  const alg = algOf(decoder, decoder.u8());
  const hash = decoder.u8();
  const weight = decoder.u32();
  const size = boundedCount(decoder, decoder.u32());
  const items = Array.from({ length: size }, () => decoder.s32());
  return { id, type, alg, hash, weight, items, itemWeights: decodeItemWeights(decoder, alg, size) };
}

function algOf(decoder: Decoder, value: number): BucketAlg {
  for (const alg of ['uniform', 'list', 'tree', 'straw', 'straw2'] as const) if (ALG[alg] === value) return alg;
  throw new CephError('EINVAL', `at byte ${decoder.offset}: unknown bucket kind ${value}`);
}

function decodeItemWeights(decoder: Decoder, alg: BucketAlg, size: number): number[] {
  if (alg === 'uniform') return new Array<number>(size).fill(decoder.u32());
  if (alg === 'straw2') return Array.from({ length: size }, () => decoder.u32());
  if (alg === 'tree') {
    const nodes = Array.from({ length: decoder.u8() }, () => decoder.u32());
    return Array.from({ length: size }, (_, item) => nodes[2 * item + 1] ?? 0);
  }
  // Each weight has its list sum or its straw length beside it, which follow from the weights.
  return Array.from({ length: size }, () => {
    const weight = decoder.u32();
    decoder.u32();
    return weight;
  });
}

function decodeRule(decoder: Decoder, id: number): CrushRule | undefined {
  if (decoder.u32() === 0) return undefined;
  const length = boundedCount(decoder, decoder.u32());
  decoder.u8();
  const type = decoder.u8();
  const minSize = decoder.u8();
  const maxSize = decoder.u8();
  const steps = sparse(length, () => decodeStep(decoder)).map(([, step]) => step);
  return { id, name: '', type, minSize, maxSize, steps };
}

const SETTINGS: Readonly<Record<number, CrushSetting>> = {
  8: 'choose_tries',
  9: 'chooseleaf_tries',
  10: 'choose_local_tries',
  11: 'choose_local_fallback_tries',
  12: 'chooseleaf_vary_r',
  13: 'chooseleaf_stable',
  14: 'msr_descents',
  15: 'msr_collision_tries',
};

const CHOOSE: Readonly<Record<number, Pick<Extract<CrushStep, { op: 'choose' | 'chooseleaf' }>, 'op' | 'mode'>>> = {
  2: { op: 'choose', mode: 'firstn' },
  3: { op: 'choose', mode: 'indep' },
  6: { op: 'chooseleaf', mode: 'firstn' },
  7: { op: 'chooseleaf', mode: 'indep' },
};

const [NOOP, TAKE, EMIT, CHOOSE_MSR] = [0, 1, 4, 16] as const;

function decodeStep(decoder: Decoder): CrushStep | undefined {
  const [op, arg1, arg2] = [decoder.u32(), decoder.s32(), decoder.s32()];
  const what = SETTINGS[op];
  const choose = CHOOSE[op];
  if (op === NOOP) return undefined;
  if (op === TAKE) return { op: 'take', item: arg1 };
  if (op === EMIT) return { op: 'emit' };
  if (what !== undefined) return { op: 'set', what, value: arg1 };
  if (choose !== undefined) return { ...choose, num: arg1, type: arg2 };
  if (op === CHOOSE_MSR) throw new CephError('EOPNOTSUPP', `at byte ${decoder.offset}: MSR rules`);
  throw new CephError('EINVAL', `at byte ${decoder.offset}: unknown rule step ${op}`);
}

/** What a map means that was encoded before there were tunables: `set_tunables_legacy`. */
const LEGACY_TUNABLES: CrushTunables = {
  chooseLocalTries: 2,
  chooseLocalFallbackTries: 5,
  chooseTotalTries: 19,
  chooseleafDescendOnce: 0,
  chooseleafVaryR: 0,
  chooseleafStable: 0,
  strawCalcVersion: 0,
  allowedBucketAlgs: (1 << ALG.uniform) | (1 << ALG.list) | (1 << ALG.straw),
  msrDescents: 100,
  msrCollisionTries: 100,
};

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

function decodeChooseArgs(decoder: Decoder): Map<number, CrushChooseArg[]> {
  return new Map(decoder.list((each): [number, CrushChooseArg[]] => [each.s64(), each.list(decodeChooseArg)]));
}

function decodeChooseArg(decoder: Decoder): CrushChooseArg {
  const bucketId = -1 - decoder.u32();
  const weightSets = decoder.list((set) => set.list((each) => each.u32()));
  return { bucketId, weightSets, ids: decoder.list((each) => each.s32()) };
}
