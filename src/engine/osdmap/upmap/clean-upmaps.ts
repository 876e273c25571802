import type { OsdMap } from '../osd-map.ts';
import { parsePgId, pgIdText } from '../pg-id.ts';
import { mapperOf } from '../pg-mapper.ts';
import { byPg } from '../pg-wire.ts';
import { stableMask, upmappedOsds } from '../placement.ts';
import { ruleWeights } from '../rule-weights.ts';
import { RuleTree } from './rule-tree.ts';
import { noUpmapChange, type UpmapChange } from './upmap-change.ts';
import { breaksRule } from './verify-upmap.ts';

/** What becomes of one PG's upmaps. */
type Verdict =
  | 'keep'
  | 'cancel'
  | 'cancel with pool'
  | { readonly items: OsdMap['pgUpmapItems'] extends ReadonlyMap<string, infer T> ? T : never };

/**
 * Upmaps that are of no use or no longer allowed: what drops them. Undefined where all are fine.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::clean_pg_upmaps — exact
 */
export function cleanPgUpmaps(map: OsdMap): UpmapChange | undefined {
  const change = noUpmapChange();
  const all = [map.pgUpmap, map.pgUpmapItems, map.pgUpmapPrimaries].flatMap((upmaps) => byPg<unknown>(upmaps));
  let changed = false;
  const rules = new Map<number, RuleUse | undefined>();
  for (const pg of new Set(all.map(([text]) => text))) {
    const verdict = verdictOn(map, pg, rules);
    if (verdict === 'cancel' || verdict === 'cancel with pool') cancel(map, pg, change);
    else if (verdict !== 'keep') change.newItems.set(pg, verdict.items);
    if (verdict === 'cancel with pool') cancelPrimaries(map, pg, change);
    const useless = (verdict === 'keep' || typeof verdict === 'object') && hasUselessPrimary(map, pg);
    if (useless) change.oldPrimaries.add(pg);
    changed ||= verdict !== 'keep' || useless;
  }
  return changed ? change : undefined;
}

function cancel(map: OsdMap, pg: string, change: UpmapChange): void {
  if (map.pgUpmap.has(pg)) change.oldUpmap.add(pg);
  if (map.pgUpmapItems.has(pg)) change.oldItems.add(pg);
  if (map.pgUpmapPrimaries.has(pg)) change.oldPrimaries.add(pg);
}

/** A pool whose pg_num changed loses all of its upmaps of primaries. */
function cancelPrimaries(map: OsdMap, pg: string, change: UpmapChange): void {
  const pool = parsePgId(pg)?.pool;
  for (const each of map.pgUpmapPrimaries.keys()) if (parsePgId(each)?.pool === pool) change.oldPrimaries.add(each);
}

/** What is worked out once for all PGs of a rule. */
interface RuleUse {
  readonly tree: RuleTree;
  readonly weights: ReadonlyMap<number, number> | undefined;
}

function ruleUse(map: OsdMap, id: number, known: Map<number, RuleUse | undefined>): RuleUse | undefined {
  const rule = map.crush.rules.get(id);
  if (rule === undefined) return undefined;
  const use = known.get(id) ?? { tree: new RuleTree(map.crush, rule), weights: ruleWeights(map.crush, id) };
  known.set(id, use);
  return use;
}

/** @ceph src/osd/OSDMap.cc OSDMap::check_pg_upmaps — exact */
function verdictOn(map: OsdMap, pg: string, rules: Map<number, RuleUse | undefined>): Verdict {
  const id = parsePgId(pg);
  const pool = id && map.pools.get(id.pool);
  if (id === undefined || pool === undefined || isMerging(pool.pgNum, pool.pgNumPending ?? pool.pgNum, id.seed)) {
    return 'cancel with pool';
  }
  const rule = ruleUse(map, pool.crushRule, rules);
  if (rule === undefined) return 'cancel';
  const raw = mapperOf(map).rawOsds(pool, id.seed);
  const [whole, items] = [map.pgUpmap.get(pg), map.pgUpmapItems.get(pg)];
  const up = upmappedOsds(map, raw, { whole, items, primary: map.pgUpmapPrimaries.get(pg) });
  if (breaksRule(rule.tree, pool.size, up)) return 'cancel';
  const { weights } = rule;
  if (up.some((osd) => (map.osds[osd]?.weight ?? 0) * (weights?.get(osd) ?? 0) === 0)) return 'cancel';
  if (whole !== undefined && (String(whole) === String(raw) || whole.length !== pool.size)) return 'cancel';
  if (items === undefined) return 'keep';
  const useful = items.filter(([from, to]) => raw.includes(from) && !isOut(map, to));
  if (useful.length === 0) return 'cancel';
  return useful.length === items.length ? 'keep' : { items: useful };
}

/** True for a PG that is gone, or that is merged or merged into. */
function isMerging(pgNum: number, pending: number, seed: number): boolean {
  if (seed >= pending) return true;
  for (let source = pending; source < pgNum; source++) if (parentSeed(source) === seed) return true;
  return false;
}

/** The PG that one was split from: the seed without its highest bit. */
function parentSeed(seed: number): number {
  return seed & (stableMask(seed + 1) >>> 1);
}

function isOut(map: OsdMap, osd: number): boolean {
  return osd >= 0 && osd < map.maxOsd && (map.osds[osd]?.weight ?? 0) === 0;
}

/** True where the primary is no member, or the first of the set already. */
function hasUselessPrimary(map: OsdMap, pg: string): boolean {
  const primary = map.pgUpmapPrimaries.get(pg);
  const id = parsePgId(pg);
  const pool = id && map.pools.get(id.pool);
  if (primary === undefined || id === undefined || pool === undefined) return false;
  const raw = mapperOf(map).rawOsds(pool, id.seed);
  return raw.indexOf(primary) < 1;
}

/** PG ids as commands name them. */
export function sortedPgs(pgs: Iterable<string>): string[] {
  return byPg(new Map([...pgs].map((pg) => [pg, pg]))).map(([pg]) => {
    const id = parsePgId(pg);
    return id === undefined ? pg : pgIdText(id.pool, id.seed);
  });
}
