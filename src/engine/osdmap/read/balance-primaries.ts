import type { OsdMap, PgPool } from '../osd-map.ts';
import { pgIdText } from '../pg-id.ts';
import { mapperOf } from '../pg-mapper.ts';
import { mapRaw } from '../placement.ts';
import { readBalanceOf } from '../read-balance.ts';
import { RuleTree } from '../upmap/rule-tree.ts';
import { breaksRule } from '../upmap/verify-upmap.ts';
import { desiredBySize } from './desired-by-size.ts';
import { desiredSimple } from './desired-simple.ts';
import { pgsByOsd } from './pgs-by-osd.ts';

const float = Math.fround;

/** What an OSD's share of the primaries goes by. */
export type ReadPolicy = 'simple' | 'osd size';

/** What the read balancer found. */
export interface PrimaryChanges {
  /** New primaries by PG; empty where nothing is better. */
  readonly primaries: ReadonlyMap<string, number>;
  /** The map with them, and with tries that came to nothing: what is counted after balancing. */
  readonly tried: OsdMap;
}

/** A balancing under way. */
interface Balancing {
  readonly map: OsdMap;
  /** The map with the primaries as they are tried, which change in place. */
  readonly tried: OsdMap;
  readonly primaries: Map<string, number>;
  readonly pool: PgPool;
  readonly tree: RuleTree | undefined;
  readonly desired: ReadonlyMap<number, number>;
  /** How many primaries too many each OSD has; 32-bit floats. */
  readonly scores: Map<number, number>;
  /** Primaries as they were at first, by seed. */
  readonly original: ReadonlyMap<number, number>;
  /** Changes by seed. */
  readonly changes: Map<number, number>;
}

/**
 * Spreads a replicated pool's primaries: each swap gives a PG another of its OSDs as primary. Undefined where that
 * cannot be worked out: no OSD may be primary, or the score cannot be told or is not reliable.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::balance_primaries — exact
 */
export function balancePrimaries(map: OsdMap, pool: PgPool, policy: ReadPolicy): PrimaryChanges | undefined {
  const held = pgsByOsd(map, pool);
  const desired = policy === 'simple' ? desiredSimple(map, pool, held) : desiredBySize(pool, held);
  const before = readBalanceOf(map, pool);
  if (desired === undefined || before?.message !== undefined) return undefined;
  const primaries = new Map(map.pgUpmapPrimaries);
  const rule = map.crush.rules.get(pool.crushRule);
  const original = [...held.primaries].flatMap(([osd, seeds]) => [...seeds].map((seed) => [seed, osd] as const));
  const scores = [...held.primaries].map(([osd, { size }]) => [osd, float(size - (desired.get(osd) ?? 0))] as const);
  const balancing: Balancing = {
    ...{ map, pool, desired, primaries, tried: { ...map, pgUpmapPrimaries: primaries }, changes: new Map() },
    ...{ tree: rule && new RuleTree(map.crush, rule), scores: new Map(scores) },
    original: new Map(original.sort(([a], [b]) => a - b)),
  };
  while (swapOnce(balancing));
  // Another object, so that nothing that was worked out before holds for it.
  const tried = { ...balancing.tried };
  const after = readBalanceOf(tried, pool);
  if (after?.message !== undefined) return undefined;
  const isBetter = (after?.scoreStable ?? 0) < (before?.scoreStable ?? 0);
  const changes = isBetter ? [...balancing.changes].sort(([a], [b]) => a - b) : [];
  return { primaries: new Map(changes.map(([seed, osd]) => [pgIdText(pool.id, seed), osd])), tried };
}

/** Looks at each PG once. True where a primary was swapped. */
function swapOnce(balancing: Balancing): boolean {
  const { pool, tried, map } = balancing;
  let swapped = false;
  for (const seed of balancing.original.keys()) {
    const { up, upPrimary } = mapRaw(tried, pool, seed, mapperOf(map).rawOsds(pool, seed));
    const best = bestOf(balancing, up, upPrimary);
    if (best === upPrimary || !isLegal(balancing, best)) continue;
    swap(balancing, seed, upPrimary, best);
    swapped = true;
  }
  return swapped;
}

function bestOf({ scores, desired }: Balancing, up: readonly number[], primary: number): number {
  const own = scores.get(primary) ?? 0;
  let best = primary;
  for (const osd of up) {
    const score = scores.get(osd) ?? 0;
    if (own > 0 && score < 0 && float(own - score) > 1 && (desired.get(osd) ?? 0) > 0) best = osd;
  }
  return best;
}

function isLegal({ tree, pool }: Balancing, osd: number): boolean {
  return tree !== undefined && !breaksRule(tree, pool.size, [osd]);
}

function swap({ scores, primaries, pool, original, changes }: Balancing, seed: number, from: number, to: number): void {
  scores.set(to, float((scores.get(to) ?? 0) + 1));
  scores.set(from, float((scores.get(from) ?? 0) - 1));
  primaries.set(pgIdText(pool.id, seed), to);
  if (original.get(seed) === to) changes.delete(seed);
  else changes.set(seed, to);
}
