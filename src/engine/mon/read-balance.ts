import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { mapperOf } from '../osdmap/pg-mapper.ts';

/** How evenly a pool's primaries lie on its OSDs; 1 is as even as can be. Floats as Ceph keeps them. */
export interface ReadBalance {
  readonly scoreActing: number;
  readonly scoreStable: number;
  readonly optimalScore: number;
  readonly rawScoreActing: number;
  readonly rawScoreStable: number;
  readonly primaryAffinityWeighted: number;
  readonly averagePrimaryAffinity: number;
  readonly averagePrimaryAffinityWeighted: number;
}

/**
 * Undefined for pools that have none: erasure ones, and where too few OSDs may be primary.
 *
 * @ceph src/osd/OSDMap.cc calc_read_balance_score — the fair score; without the branch for primaries on OSDs of affinity 0
 */
export function readBalance(map: OsdMap, pool: PgPool): ReadBalance | undefined {
  if (pool.type !== 'replicated') return undefined;
  const counts = primaryCounts(map, pool);
  if (counts.osds === 0) return undefined;
  const usable = affinities(map);
  if (usable.length === 0) return undefined;
  const average = pool.pgNum / counts.osds;
  const optimal = round2(counts.osds / usable.length);
  const rawStable = round2(counts.maxUp / average);
  const rawActing = round2(counts.maxActing / average);
  const affinity = round2(usable.reduce((sum, value) => sum + value, 0) / usable.length);
  return {
    scoreActing: round2(rawActing / optimal),
    scoreStable: round2(rawStable / optimal),
    optimalScore: optimal,
    rawScoreActing: rawActing,
    rawScoreStable: rawStable,
    primaryAffinityWeighted: affinity,
    averagePrimaryAffinity: affinity,
    averagePrimaryAffinityWeighted: affinity,
  };
}

function primaryCounts(map: OsdMap, pool: PgPool): { osds: number; maxUp: number; maxActing: number } {
  const holders = new Set<number>();
  const up = new Map<number, number>();
  const acting = new Map<number, number>();
  for (let seed = 0; seed < pool.pgNum; seed++) {
    const pg = mapperOf(map).get(pool, seed);
    for (const osd of pg.up) holders.add(osd);
    up.set(pg.upPrimary, (up.get(pg.upPrimary) ?? 0) + 1);
    acting.set(pg.actingPrimary, (acting.get(pg.actingPrimary) ?? 0) + 1);
  }
  return { osds: holders.size, maxUp: Math.max(0, ...up.values()), maxActing: Math.max(0, ...acting.values()) };
}

/** Primary affinities, above 0, of the OSDs that may be primary. */
function affinities(map: OsdMap): number[] {
  const out: number[] = [];
  for (const osd of map.osds)
    if (osd !== undefined && osd.weight > 0 && osd.primaryAffinity > 0) out.push(osd.primaryAffinity / 0x10000);
  return out;
}

function round2(value: number): number {
  return Math.fround(Math.floor(Math.fround(value) * 100 + 0.5) / 100);
}
