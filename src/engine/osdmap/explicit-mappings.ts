import type { OsdMap } from './osd-map.ts';
import { parsePgId } from './pg-id.ts';

/** What a map says of one PG by name. */
export interface ExplicitMapping {
  whole?: readonly number[];
  items?: readonly (readonly [from: number, to: number])[];
  primary?: number;
  temp?: readonly number[];
  primaryTemp?: number;
}

/** By seed, for one pool. */
export type PoolExplicit = ReadonlyMap<number, Readonly<ExplicitMapping>>;

const NONE: PoolExplicit = new Map();
const cache = new WeakMap<OsdMap, Map<number, Map<number, ExplicitMapping>>>();

/** The upmaps and temporary mappings of a pool's PGs. */
export function explicitMappings(map: OsdMap, pool: number): PoolExplicit {
  let byPool = cache.get(map);
  if (byPool === undefined) cache.set(map, (byPool = allExplicit(map)));
  return byPool.get(pool) ?? NONE;
}

function allExplicit(map: OsdMap): Map<number, Map<number, ExplicitMapping>> {
  const byPool = new Map<number, Map<number, ExplicitMapping>>();
  const of = (pg: string): ExplicitMapping => {
    const { pool, seed } = parsePgId(pg) ?? { pool: -1, seed: 0 };
    let seeds = byPool.get(pool);
    if (seeds === undefined) byPool.set(pool, (seeds = new Map()));
    let entry = seeds.get(seed);
    if (entry === undefined) seeds.set(seed, (entry = {}));
    return entry;
  };
  for (const [pg, osds] of map.pgUpmap) of(pg).whole = osds;
  for (const [pg, items] of map.pgUpmapItems) of(pg).items = items;
  for (const [pg, osd] of map.pgUpmapPrimaries) of(pg).primary = osd;
  for (const [pg, osds] of map.pgTemp) of(pg).temp = osds;
  for (const [pg, osd] of map.primaryTemp) of(pg).primaryTemp = osd;
  return byPool;
}

/** All OSDs that a PG's explicit mappings name. */
export function explicitOsds({ whole, items, primary, temp, primaryTemp }: ExplicitMapping): readonly number[] {
  return [
    ...(whole ?? []),
    ...(items ?? []).flat(),
    ...(temp ?? []),
    ...(primary === undefined ? [] : [primary]),
    ...(primaryTemp === undefined ? [] : [primaryTemp]),
  ];
}

/** True where both say the same. */
export function sameExplicit(a: ExplicitMapping | undefined, b: ExplicitMapping | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.primary === b.primary &&
    a.primaryTemp === b.primaryTemp &&
    sameLists(a.whole, b.whole) &&
    sameLists(a.temp, b.temp) &&
    sameLists(a.items?.flat(), b.items?.flat())
  );
}

function sameLists(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && a.length === b?.length && a.every((value, at) => value === b[at]);
}
