import fc from 'fast-check';
import { CRUSH_ITEM_NONE, type CrushMap, type CrushRule } from '../../../../src/engine/crush/crush-map.ts';
import { initialOsdMap, newOsd, newPool } from '../../../../src/engine/osdmap/build.ts';
import type { OsdInfo, OsdMap, PgPool } from '../../../../src/engine/osdmap/osd-map.ts';

const OSDS = 14;
const OSD = fc.nat(OSDS);
const PG_NUM = 24;
const POOL = 2;
/** Two pools: replicated and erasure. */
const POOLS = [POOL, POOL + 1] as const;

/** One change as an operator, an OSD or the monitor makes it. */
type Change = (map: OsdMap) => OsdMap;

const PG = fc.tuple(fc.constantFrom(...POOLS), fc.nat(PG_NUM)).map(([pool, seed]) => `${pool}.${seed.toString(16)}`);

function withOsd(map: OsdMap, id: number, change: Partial<OsdInfo>): OsdMap {
  return { ...map, osds: map.osds.map((osd, at) => (osd !== undefined && at === id ? { ...osd, ...change } : osd)) };
}

function withPool(map: OsdMap, id: number, change: Partial<PgPool>): OsdMap {
  const pool = map.pools.get(id);
  return pool === undefined ? map : { ...map, pools: new Map(map.pools).set(id, { ...pool, ...change }) };
}

/** The map with an entry, or without it. */
function entry<T>(list: ReadonlyMap<string, T>, pg: string, value: T | undefined): ReadonlyMap<string, T> {
  const changed = new Map(list);
  if (value === undefined) changed.delete(pg);
  else changed.set(pg, value);
  return changed;
}

function reweighted(crush: CrushMap, host: number, weight: number): CrushMap {
  const bucket = crush.buckets.get(-2 - host);
  if (bucket === undefined) return crush;
  const changed = { ...bucket, itemWeights: bucket.itemWeights.map((old, at) => (at === 0 ? weight : old)) };
  return { ...crush, buckets: new Map(crush.buckets).set(bucket.id, changed) };
}

const SET = fc.array(OSD, { minLength: 1, maxLength: 6 });
const WEIGHT = fc.constantFrom(0, 0x4000, 0x8000, 0x10000);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

export const CHANGE: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(OSD, WEIGHT).map(
    ([id, weight]): Change =>
      (map) =>
        withOsd(map, id, { weight }),
  ),
  fc.tuple(OSD, fc.boolean()).map(
    ([id, up]): Change =>
      (map) =>
        withOsd(map, id, { up }),
  ),
  fc.tuple(OSD, WEIGHT).map(
    ([id, primaryAffinity]): Change =>
      (map) =>
        withOsd(map, id, { primaryAffinity }),
  ),
  OSD.map(
    (id): Change =>
      (map) => ({ ...map, osds: map.osds.map((osd, at) => (at === id ? undefined : osd)) }),
  ),
  OSD.map(
    (id): Change =>
      (map) => ({
        ...map,
        osds: Array.from({ length: Math.max(map.osds.length, id + 1) }, (_, at) =>
          at === id ? newOsd(id, 9) : map.osds[at],
        ),
        maxOsd: Math.max(map.maxOsd, id + 1),
      }),
  ),
  fc.tuple(PG, maybe(SET)).map(
    ([pg, set]): Change =>
      (map) => ({ ...map, pgUpmap: entry(map.pgUpmap, pg, set) }),
  ),
  fc.tuple(PG, maybe(fc.array(fc.tuple(OSD, OSD), { minLength: 1, maxLength: 3 }))).map(
    ([pg, items]): Change =>
      (map) => ({ ...map, pgUpmapItems: entry(map.pgUpmapItems, pg, items) }),
  ),
  fc.tuple(PG, maybe(OSD)).map(
    ([pg, osd]): Change =>
      (map) => ({ ...map, pgUpmapPrimaries: entry(map.pgUpmapPrimaries, pg, osd) }),
  ),
  fc.tuple(PG, maybe(fc.array(fc.oneof(OSD, fc.constant(CRUSH_ITEM_NONE)), { maxLength: 6 }))).map(
    ([pg, set]): Change =>
      (map) => ({ ...map, pgTemp: entry(map.pgTemp, pg, set) }),
  ),
  fc.tuple(PG, maybe(OSD)).map(
    ([pg, osd]): Change =>
      (map) => ({ ...map, primaryTemp: entry(map.primaryTemp, pg, osd) }),
  ),
  fc.tuple(fc.nat(4), WEIGHT).map(
    ([host, weight]): Change =>
      (map) => ({ ...map, crush: reweighted(map.crush, host, weight) }),
  ),
  fc
    .tuple(
      fc.constantFrom(...POOLS),
      fc.constantFrom(8, PG_NUM, 30),
      fc.constantFrom(8, 16, 30),
      fc.integer({ min: 1, max: 5 }),
    )
    .map(
      ([id, pgNum, pgpNum, size]): Change =>
        (map) =>
          withPool(map, id, { pgNum, pgpNum: Math.min(pgNum, pgpNum), size }),
    ),
  fc.constantFrom(...POOLS).map(
    (id): Change =>
      (map) => ({
        ...map,
        pools: new Map([...map.pools].filter(([pool]) => pool !== id)),
      }),
  ),
  fc.constant<Change>((map) => ({ ...map, crush: { ...map.crush, names: new Map() } })),
);

/** Rules that choose hosts, devices, in two steps, in two blocks, and one that takes a device. */
const RULES: readonly CrushRule['steps'][] = [
  [{ op: 'take', item: -1 }, { op: 'chooseleaf', mode: 'indep', num: 0, type: 1 }, { op: 'emit' }],
  [{ op: 'take', item: -1 }, { op: 'chooseleaf', mode: 'firstn', num: 0, type: 1 }, { op: 'emit' }],
  [{ op: 'take', item: -1 }, { op: 'choose', mode: 'indep', num: 0, type: 0 }, { op: 'emit' }],
  [
    { op: 'take', item: -1 },
    { op: 'choose', mode: 'firstn', num: 2, type: 1 },
    { op: 'choose', mode: 'firstn', num: 2, type: 0 },
    { op: 'emit' },
  ],
  [
    { op: 'take', item: -2 },
    { op: 'choose', mode: 'indep', num: 2, type: 0 },
    { op: 'emit' },
    { op: 'take', item: -1 },
    { op: 'chooseleaf', mode: 'indep', num: 0, type: 1 },
    { op: 'emit' },
  ],
  [{ op: 'take', item: 3 }, { op: 'emit' }],
  [
    { op: 'take', item: -1 },
    { op: 'choosemsr', num: 3, type: 1 },
    { op: 'choosemsr', num: 1, type: 0 },
    { op: 'emit' },
  ],
];

/** A cluster of four hosts with a replicated and an erasure pool. */
export const CLUSTER: fc.Arbitrary<OsdMap> = fc
  .tuple(fc.nat(RULES.length - 1), fc.nat(RULES.length - 1))
  .map((rules) => {
    const fresh = initialOsdMap({ fsid: '', created_us: 0, osds: 12, osdsPerHost: 3 });
    const pools = POOLS.map((id, at): PgPool => {
      const pool = newPool({ id, name: `p${id}`, pgNum: PG_NUM, size: 3, epoch: 1, now_us: 0 });
      return { ...pool, type: at === 0 ? 'replicated' : 'erasure', size: 3 + at, crushRule: id };
    });
    const made = rules.map((rule, at): CrushRule => {
      const steps = RULES[rule] ?? [];
      const isMsr = steps.some(({ op }) => op === 'choosemsr');
      return { id: POOL + at, name: `r${at}`, type: isMsr ? 5 : 1, minSize: 1, maxSize: 10, steps };
    });
    const crush = { ...fresh.crush, rules: new Map(made.map((rule) => [rule.id, rule])) };
    return { ...fresh, crush, pools: new Map(pools.map((pool) => [pool.id, pool])) };
  });
