import type { JsonValue } from '../codec/json-value.ts';
import { readJson } from '../codec/json-value.ts';
import { checkCrushMap } from './check.ts';
import { ALG } from './compiled.ts';
import type { BucketAlg, CrushBucket, CrushChooseArg, CrushMap, CrushTunables } from './crush-map.ts';
import { readRule } from './dump-rule.ts';
import { finalized, fitChooseArgs } from './finalize.ts';
import { ONE } from './fixed.ts';
import { LEGACY_TUNABLES } from './tunables.ts';

/** Something that a dump does not tell or that was not read of it: a machine word, and how often. */
export interface DumpNote {
  readonly code: string;
  readonly count: number;
}

/** A map out of a dump; what the dump has and the map has not; and what the map has and the dump did not tell. */
export interface FromDump<T> {
  readonly map: T;
  readonly leftOut: readonly DumpNote[];
  readonly assumed: readonly DumpNote[];
}

const [U32, S32] = [0xffff_ffff, 0x7fff_ffff] as const;
/** As many devices, and places for buckets, as any map may have: see check.ts. */
const MAX_ID = 1 << 20;

/**
 * The CRUSH map that `ceph osd crush dump -f json` (or `crushtool --dump`) shows. Placement is that of the map
 * that was dumped: weights of items are whole numbers there, and those of weight sets are rounded to 16.16.
 *
 * `assumed` words: `class_ids` (numbers of device classes), `straw_lengths` (of straw buckets, worked out anew),
 * `tree_nodes` (of tree buckets, likewise), `weight_set_rounded` (weights of 256 and more, of which the dump has 24
 * bits), and names of tunables that the dump lacks. Errors: DecodeError with the field.
 */
export function crushMapFromDump(json: Uint8Array): FromDump<CrushMap> {
  const dump = readJson(json);
  const types = new Map(
    dump
      .at('types')
      .list()
      .map((each) => [each.at('type_id').int(0, S32), each.at('name').text()]),
  );
  const devices = dump.at('devices').list().map(readDevice);
  const buckets = dump.at('buckets').list();
  const read = buckets.map(readBucket);
  const rules = dump
    .at('rules')
    .list()
    .map((rule) => readRule(rule, types));
  const { tunables, missing } = readTunables(dump.at('tunables'));
  const { chooseArgs, rounded } = readChooseArgs(dump.maybe('choose_args'));
  const bucketNames = read.map(({ id }, at): [number, string] => [id, buckets[at]?.at('name').text() ?? '']);
  const deviceNames = devices.filter(({ id, name }) => name !== `device${id}`);
  const names = new Map([...deviceNames.map(({ id, name }): [number, string] => [id, name]), ...bucketNames]);
  const map: CrushMap = {
    ...{ tunables, types, names, chooseArgs, maxDevices: devices.reduce((most, { id }) => Math.max(most, id + 1), 0) },
    buckets: new Map(read.map((bucket) => [bucket.id, bucket])),
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    ...classesOf(devices, bucketNames),
  };
  const count = (alg: BucketAlg) => read.filter((bucket) => bucket.alg === alg).length;
  const assumed = { class_ids: map.classNames.size, straw_lengths: count('straw'), tree_nodes: count('tree') };
  return {
    map: checkCrushMap(finalized(fitChooseArgs(map))),
    leftOut: [],
    assumed: notes({ ...assumed, weight_set_rounded: rounded, ...missing }),
  };
}

/** Counts by word as notes; those of 0 left out. */
export function notes(counts: Readonly<Record<string, number>>): DumpNote[] {
  return Object.entries(counts).flatMap(([code, count]) => (count > 0 ? [{ code, count }] : []));
}

interface DumpDevice {
  readonly id: number;
  readonly name: string;
  readonly className: string | undefined;
}

function readDevice(device: JsonValue): DumpDevice {
  const id = device.at('id').int(0, MAX_ID);
  return { id, name: device.at('name').text(), className: device.maybe('class')?.text() };
}

function readBucket(bucket: JsonValue): CrushBucket {
  const items = bucket.at('items').list();
  const alg = bucket.at('alg');
  if (bucket.at('hash').text() !== 'rjenkins1') bucket.at('hash').refuse('a hash that no release has');
  return {
    id: bucket.at('id').int(-MAX_ID, -1),
    type: bucket.at('type_id').int(0, 0xffff),
    alg: algOf(alg.text()) ?? alg.refuse('a kind of bucket that no release has'),
    hash: 0,
    weight: unsigned(bucket.at('weight')),
    items: items.map((item) => item.at('id').int(-MAX_ID, MAX_ID)),
    itemWeights: items.map((item) => unsigned(item.at('weight'))),
  };
}

function algOf(name: string): BucketAlg | undefined {
  // The keys of ALG are the kinds.
  return Object.hasOwn(ALG, name) ? (name as BucketAlg) : undefined;
}

/** Dumps show 32 bits with a sign. */
function unsigned(value: JsonValue): number {
  return value.int(-S32 - 1, U32) >>> 0;
}

/** Names of tunables in a dump. */
const TUNABLES: readonly (readonly [key: keyof CrushTunables, name: string])[] = [
  ['chooseLocalTries', 'choose_local_tries'],
  ['chooseLocalFallbackTries', 'choose_local_fallback_tries'],
  ['chooseTotalTries', 'choose_total_tries'],
  ['chooseleafDescendOnce', 'chooseleaf_descend_once'],
  ['chooseleafVaryR', 'chooseleaf_vary_r'],
  ['chooseleafStable', 'chooseleaf_stable'],
  ['strawCalcVersion', 'straw_calc_version'],
  ['allowedBucketAlgs', 'allowed_bucket_algs'],
  ['msrDescents', 'msr_descents'],
  ['msrCollisionTries', 'msr_collision_tries'],
];

/** Tunables that a release did not have are those of the first release. */
function readTunables(dump: JsonValue): { tunables: CrushTunables; missing: Record<string, number> } {
  let tunables = LEGACY_TUNABLES;
  const missing: Record<string, number> = {};
  for (const [key, name] of TUNABLES) {
    const value = dump.maybe(name);
    if (value === undefined) missing[name] = 1;
    else tunables = { ...tunables, [key]: unsigned(value) };
  }
  return { tunables, missing };
}

/** Class ids in the order in which devices name them; shadow buckets by their names, `default~hdd`. */
function classesOf(
  devices: readonly DumpDevice[],
  bucketNames: readonly (readonly [id: number, name: string])[],
): Pick<CrushMap, 'deviceClasses' | 'classNames' | 'classBuckets'> {
  const ids = new Map<string, number>();
  const idOf = (name: string) => {
    const id = ids.get(name) ?? ids.size;
    ids.set(name, id);
    return id;
  };
  const deviceClasses = new Map<number, number>();
  for (const { id, className } of devices) if (className !== undefined) deviceClasses.set(id, idOf(className));
  const bucketIds = new Map(bucketNames.map(([id, name]) => [name, id]));
  const classBuckets = new Map<number, Map<number, number>>();
  for (const [id, name] of bucketNames) {
    const at = name.indexOf('~');
    const original = at < 0 ? undefined : bucketIds.get(name.slice(0, at));
    if (original === undefined) continue;
    const classId = idOf(name.slice(at + 1));
    deviceClasses.set(id, classId);
    classBuckets.set(original, (classBuckets.get(original) ?? new Map<number, number>()).set(classId, id));
  }
  return { deviceClasses, classBuckets, classNames: new Map([...ids].map(([name, id]) => [id, name])) };
}

/** Weights from here on have more bits than the dump's 32-bit floats. */
const INEXACT = 1 << 24;

function readChooseArgs(dump: JsonValue | undefined): { chooseArgs: Map<number, CrushChooseArg[]>; rounded: number } {
  let rounded = 0;
  const readWeight = (value: JsonValue) => {
    const weight = Math.round(value.number(0, 0x10000) * ONE);
    if (weight >= INEXACT) rounded++;
    return Math.min(weight, U32);
  };
  const readArg = (arg: JsonValue): CrushChooseArg => ({
    bucketId: arg.at('bucket_id').int(-MAX_ID, -1),
    ids: (arg.maybe('ids')?.list() ?? []).map((id) => id.int(-S32 - 1, S32)),
    weightSets: (arg.maybe('weight_set')?.list() ?? []).map((set) => set.list().map(readWeight)),
  });
  const sets = (dump?.entries() ?? []).map(([key, args]): [number, CrushChooseArg[]] => {
    if (!/^-?\d{1,15}$/.test(key)) args.refuse('a name that is no number');
    return [Number(key), args.list().map(readArg)];
  });
  return { chooseArgs: new Map(sets), rounded };
}
