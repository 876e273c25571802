import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import { crushHash32of2 } from '../crush/hash.ts';
import { doRule } from '../crush/mapper.ts';
import type { OsdMap, PgMapping, PgPool } from './osd-map.ts';
import { type PgId, pgIdText } from './pg-id.ts';
import { objectHash, strHashLinux, strHashRjenkins } from './str-hash.ts';

export { objectHash };

const DEFAULT_PRIMARY_AFFINITY = 0x10000;

/** The number of Linux's dcache hash among those that pools may have. */
const LINUX_HASH = 1;

/**
 * `x` modulo `b`, so that growing `b` to the next power of two splits each class in two and moves nothing else.
 *
 * @param bmask the smallest 2^n - 1 that is at least b - 1
 * @ceph src/include/rados.h ceph_stable_mod — exact
 */
export function stableMod(x: number, b: number, bmask: number): number {
  const low = (x & bmask) >>> 0;
  return low < b ? low : (x & (bmask >>> 1)) >>> 0;
}

/** The mask that {@link stableMod} takes for `count` classes: 2^n - 1, at least count - 1. */
export function stableMask(count: number): number {
  return count <= 1 ? 0 : 0xffffffff >>> Math.clz32(count - 1);
}

/** The PG of an object: by its locator key where it has one, else by its name. */
export function pgOfObject(pool: PgPool, nspace: string, oid: string, locator = ''): PgId {
  const hash = pool.extra?.objectHash === LINUX_HASH ? strHashLinux : strHashRjenkins;
  return { pool: pool.id, seed: pgSeedOfHash(pool, objectHash(nspace, locator === '' ? oid : locator, hash)) };
}

/** The seed of the PG that holds objects of this raw hash. */
export function pgSeedOfHash(pool: PgPool, hash: number): number {
  return stableMod(hash, pool.pgNum, stableMask(pool.pgNum));
}

/**
 * What CRUSH gets as x for a PG: spread over pools where the pool has `hashpspool`.
 *
 * @ceph src/osd/osd_types.cc pg_pool_t::raw_pg_to_pps — exact
 */
export function placementSeed(pool: PgPool, seed: number): number {
  const folded = stableMod(seed, pool.pgpNum, stableMask(pool.pgpNum));
  return pool.flags.includes('hashpspool') ? crushHash32of2(folded, pool.id) : (folded + pool.id) >>> 0;
}

/** The 16.16 in/out weights of the map's OSDs, as {@link doRule} takes them; 0 where there is no OSD. */
export function osdWeights(map: OsdMap): Uint32Array {
  const weights = new Uint32Array(map.maxOsd);
  for (let id = 0; id < weights.length; id++) weights[id] = map.osds[id]?.weight ?? 0;
  return weights;
}

/** What CRUSH gives for a PG, OSDs that do not exist left out: before upmap and before down OSDs are left out. */
export function rawOsdsOf(map: OsdMap, pool: PgPool, seed: number, weights = osdWeights(map)): readonly number[] {
  const picked = doRule(map.crush, pool.crushRule, placementSeed(pool, seed), pool.size, weights, pool.id);
  return dropOsds(pool, picked, (osd) => map.osds[osd] === undefined);
}

/**
 * Where a PG's copies are.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::_pg_to_up_acting_osds — exact
 */
export function mapPg(map: OsdMap, pool: PgPool, seed: number): PgMapping {
  return mapRaw(map, pool, seed, rawOsdsOf(map, pool, seed));
}

/** As {@link mapPg}, from a result of {@link rawOsdsOf} that is already there. */
export function mapRaw(map: OsdMap, pool: PgPool, seed: number, raw: readonly number[]): PgMapping {
  const pg = pgIdText(pool.id, seed);
  const isDown = (osd: number) => map.osds[osd]?.up !== true;
  const filtered = dropOsds(pool, applyUpmap(map, pg, raw), isDown);
  const { up, upPrimary } = applyPrimaryAffinity(map, pool, seed, filtered);
  const temp = dropOsds(pool, map.pgTemp.get(pg) ?? NOBODY, isDown);
  const acting = temp.length > 0 ? temp : up;
  const actingPrimary = map.primaryTemp.get(pg) ?? (temp.length > 0 ? firstOsd(temp) : upPrimary);
  return { up, upPrimary, acting, actingPrimary };
}

const NOBODY: readonly number[] = [];

/** Replicated sets close up where an OSD is dropped; erasure sets keep a hole, since there positions matter. */
export function dropOsds(pool: PgPool, osds: readonly number[], drop: (osd: number) => boolean): readonly number[] {
  if (!osds.some(drop)) return osds;
  if (pool.type === 'replicated') return osds.filter((osd) => !drop(osd));
  return osds.map((osd) => (drop(osd) ? CRUSH_ITEM_NONE : osd));
}

export function firstOsd(osds: readonly number[]): number {
  return osds.find((osd) => osd !== CRUSH_ITEM_NONE) ?? -1;
}

/**
 * Explicit mappings: the whole set, then single OSDs, then the primary. A mapping to an OSD that is out is passed over.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::_apply_upmap — exact
 */
function applyUpmap(map: OsdMap, pg: string, raw: readonly number[]): readonly number[] {
  const { pgUpmap, pgUpmapItems, pgUpmapPrimaries } = map;
  return upmappedOsds(map, raw, {
    whole: pgUpmap.get(pg),
    items: pgUpmapItems.get(pg),
    primary: pgUpmapPrimaries.get(pg),
  });
}

/** The upmaps of one PG. */
export interface PgUpmaps {
  readonly whole: readonly number[] | undefined;
  readonly items: readonly (readonly [from: number, to: number])[] | undefined;
  readonly primary: number | undefined;
}

/** A set as upmaps change it. */
export function upmappedOsds(
  map: OsdMap,
  raw: readonly number[],
  { whole, items, primary }: PgUpmaps,
): readonly number[] {
  if (whole?.some((osd) => isOutTarget(map, osd))) return raw;
  if (items === undefined && primary === undefined) return whole ?? raw;
  const osds = [...(whole ?? raw)];
  for (const [from, to] of items ?? []) {
    const at = osds.indexOf(from);
    if (at >= 0 && !osds.includes(to) && !isOutTarget(map, to)) osds[at] = to;
  }
  if (primary !== undefined) moveToFront(map, osds, primary);
  return osds;
}

/** True for an OSD id within the map whose in/out weight is 0. */
function isOutTarget(map: OsdMap, osd: number): boolean {
  return osd !== CRUSH_ITEM_NONE && osd >= 0 && osd < map.maxOsd && (map.osds[osd]?.weight ?? 0) === 0;
}

/** Swaps `primary` with the first of the set, if it is of the set and in. */
function moveToFront(map: OsdMap, osds: number[], primary: number): void {
  const at = osds.indexOf(primary, 1);
  const first = osds[0];
  if (at < 1 || first === undefined || (map.osds[primary]?.weight ?? 0) === 0) return;
  osds[0] = primary;
  osds[at] = first;
}

/**
 * Chooses the primary by the OSDs' primary affinity: the first that its hash accepts, else the first at all.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::_apply_primary_affinity — exact
 */
export function applyPrimaryAffinity(
  map: OsdMap,
  pool: PgPool,
  seed: number,
  osds: readonly number[],
): { up: readonly number[]; upPrimary: number } {
  if (osds.every((osd) => affinityOf(map, osd) === DEFAULT_PRIMARY_AFFINITY)) {
    return { up: osds, upPrimary: firstOsd(osds) };
  }
  const x = placementSeed(pool, seed);
  const accepts = (osd: number) => {
    const affinity = affinityOf(map, osd);
    return affinity >= DEFAULT_PRIMARY_AFFINITY || crushHash32of2(x, osd) >>> 16 < affinity;
  };
  const upPrimary = osds.find((osd) => osd !== CRUSH_ITEM_NONE && accepts(osd)) ?? firstOsd(osds);
  if (pool.type !== 'replicated' || upPrimary === -1) return { up: osds, upPrimary };
  return { up: [upPrimary, ...osds.filter((osd) => osd !== upPrimary)], upPrimary };
}

function affinityOf(map: OsdMap, osd: number): number {
  return map.osds[osd]?.primaryAffinity ?? DEFAULT_PRIMARY_AFFINITY;
}
