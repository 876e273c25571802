import { must } from '../../base/assert.ts';
import { runToEnd, type Task } from '../../base/task.ts';
import type { OsdMap, PgPool } from '../osd-map.ts';
import { pgIdText } from '../pg-id.ts';
import { mapperOf } from '../pg-mapper.ts';
import { upmappedOsds } from '../placement.ts';
import { type Deviations, deviationsOf, type PgKey, pgKey, pgOfKey, type Spread, spreadOf } from './deviations.ts';
import { remapRule } from './remap-rule.ts';
import { RuleTree } from './rule-tree.ts';
import { MinStd, shuffle } from './shuffle.ts';
import type { UpmapChange } from './upmap-change.ts';

export interface UpmapOptions {
  /** So many PGs more or less than its share are fine for an OSD. */
  readonly maxDeviation: number;
  /** How many rounds there may be; each changes one PG. */
  readonly max: number;
  readonly pools: readonly number[];
  /** Tries PGs in an order of chance, and goes on where a change is no gain. */
  readonly aggressive: boolean;
  /** Does not look again at an OSD for which nothing was found. */
  readonly fast: boolean;
  readonly localRetries: number;
  /** A seed for each shuffle. */
  nextSeed(): number;
}

type Pairs = readonly (readonly [from: number, to: number])[];

/** One change that is tried: PGs to unmap and to map, and what the OSDs then hold. */
interface Trial {
  readonly unmap: PgKey[];
  readonly upmap: [PgKey, Pairs][];
  readonly changed: Map<number, Set<PgKey>>;
}

/**
 * Works out upmaps that spread the PGs of some pools more evenly, and notes them in `change`. Gives their number.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::calc_pg_upmaps — exact
 */
export function calcPgUpmaps(map: OsdMap, options: UpmapOptions, change: UpmapChange): number {
  return runToEnd(upmapRounds(map, options, change));
}

/** The same, a step a round: whoever waits for it can stop it between two. */
export function* upmapRounds(map: OsdMap, options: UpmapOptions, change: UpmapChange): Task<number> {
  if (options.max <= 0) return 0;
  const spread = spreadOf(map, options.pools);
  return spread === undefined ? 0 : yield* new Balancer(map, options, spread, change).run();
}

class Balancer {
  readonly #map: OsdMap;
  readonly #options: UpmapOptions;
  readonly #change: UpmapChange;
  readonly #items: Map<PgKey, Pairs>;
  readonly #trees = new Map<number, RuleTree | undefined>();
  #spread: Spread;
  #deviations: Deviations;
  #skipOverfull = false;

  constructor(map: OsdMap, options: UpmapOptions, spread: Spread, change: UpmapChange) {
    this.#map = map;
    this.#options = options;
    this.#change = change;
    this.#spread = spread;
    this.#deviations = deviationsOf(spread);
    this.#items = new Map([...map.pgUpmapItems].map(([pg, pairs]) => [keyOf(pg), pairs]));
  }

  *run(): Task<number> {
    const { max, maxDeviation } = this.#options;
    let changes = 0;
    if (this.#deviations.most <= maxDeviation) return 0;
    for (let round = 0; round < max; round++) {
      yield 0;
      const outcome = this.#round();
      if (outcome === 'stop') break;
      if (outcome === 'again') continue;
      changes += this.#keep(outcome.trial, outcome.deviations);
      if (this.#deviations.most <= maxDeviation) break;
    }
    return changes;
  }

  /** Looks for one change that is a gain. */
  #round(): 'stop' | 'again' | { trial: Trial; deviations: Deviations } {
    const fullness = fullnessOf(this.#deviations, this.#options.maxDeviation);
    if (fullness.overfull.size === 0 && fullness.underfull.length === 0) return 'stop';
    const useMore = fullness.overfull.size === 0;
    const overfull = useMore ? fullness.moreOverfull : fullness.overfull;
    const search: Search = { ...fullness, overfull, useMore, skip: new Set(), spent: new Set() };
    for (let retried = 1; ; retried++) {
      const trial = this.#relieveOverfull(search) ?? this.#fillUnderfull(search);
      if (trial === undefined) {
        if (!this.#options.aggressive || !this.#skipOverfull) return 'stop';
        this.#skipOverfull = false;
        return 'again';
      }
      const deviations = deviationsOf(this.#spread, trial.changed);
      if (deviations.squares < this.#deviations.squares) return { trial, deviations };
      if (!this.#options.aggressive) return 'stop';
      if (retried >= this.#options.localRetries) {
        this.#skipOverfull = !this.#skipOverfull;
        return 'again';
      }
      for (const pg of [...trial.unmap, ...trial.upmap.map(([key]) => key)]) search.skip.add(pg);
    }
  }

  #relieveOverfull(search: Search): Trial | undefined {
    if (this.#skipOverfull && search.underfull.length > 0) return undefined;
    const { maxDeviation, aggressive, fast } = this.#options;
    for (const { osd, deviation } of this.#deviations.sorted.toReversed()) {
      if (aggressive && fast && search.spent.has(osd)) continue;
      if (deviation < 0 || (!search.useMore && deviation <= maxDeviation)) break;
      const held = this.#spread.pgs.get(osd) ?? new Set<PgKey>();
      const pgs = [...held].filter((pg) => !search.skip.has(pg)).sort((a, b) => a - b);
      if (aggressive) shuffle(pgs, new MinStd(this.#options.nextSeed()));
      const trial = this.#dropInto(pgs, osd) ?? this.#moveAway(pgs, search);
      if (trial !== undefined) return trial;
      search.spent.add(osd);
    }
    return undefined;
  }

  /** Drops an upmap that put a PG on an OSD that is too full. */
  #dropInto(pgs: readonly PgKey[], osd: number): Trial | undefined {
    for (const pg of pgs) {
      const trial = this.#without(pg, this.#items.get(pg) ?? [], ([, to]) => to === osd);
      if (trial !== undefined) return trial;
    }
    return undefined;
  }

  /** A PG without those of its pairs; undefined where it has none of them. */
  #without(pg: PgKey, pairs: Pairs, dropped: (pair: readonly [number, number]) => boolean): Trial | undefined {
    const left = pairs.filter((pair) => !dropped(pair));
    if (left.length === pairs.length) return undefined;
    const trial: Trial = { unmap: [], upmap: [], changed: new Map() };
    for (const [from, to] of pairs.filter(dropped)) this.#move(trial, pg, to, from);
    if (left.length === 0) trial.unmap.push(pg);
    else trial.upmap.push([pg, left]);
    return trial;
  }

  #move({ changed }: Trial, pg: PgKey, from: number, to: number): void {
    const open = (osd: number) => {
      let set = changed.get(osd);
      if (set === undefined) changed.set(osd, (set = new Set(this.#spread.pgs.get(osd))));
      return set;
    };
    open(from).delete(pg);
    open(to).add(pg);
  }

  /** Maps one more OSD of a PG to another. */
  #moveAway(pgs: readonly PgKey[], search: Search): Trial | undefined {
    for (const pg of pgs) {
      const { pool, seed } = poolAndSeed(this.#map, pg);
      const text = pgIdText(pool.id, seed);
      if (this.#map.pgUpmap.has(text)) continue;
      const pairs = this.#items.get(pg) ?? [];
      if (pairs.length > 0 && pairs.length >= pool.size) continue;
      const pair = this.#bestPair(pool, seed, pairs, search);
      if (pair === undefined) continue;
      const trial: Trial = { unmap: [], upmap: [[pg, [...pairs, pair]]], changed: new Map() };
      this.#move(trial, pg, pair[0], pair[1]);
      return trial;
    }
    return undefined;
  }

  #bestPair(pool: PgPool, seed: number, pairs: Pairs, search: Search): readonly [number, number] | undefined {
    const tree = this.#treeOf(pool);
    if (tree === undefined) return undefined;
    const raw = mapperOf(this.#map).rawOsds(pool, seed);
    const primary = this.#map.pgUpmapPrimaries.get(pgIdText(pool.id, seed));
    const orig = upmappedOsds(this.#map, raw, { items: pairs, primary, whole: undefined });
    if (!orig.some((osd) => search.overfull.has(osd))) return undefined;
    const out = remapRule(tree, pool.size, search, orig);
    if (out.length !== orig.length) return undefined;
    const existing = new Set(pairs.flat());
    let [best, most]: [number, number] = [-1, 0];
    for (const [at, to] of out.entries()) {
      const from = orig[at] ?? to;
      if (from === to || existing.has(from) || existing.has(to)) continue;
      const deviation = this.#deviations.byOsd.get(from) ?? 0;
      if (deviation > most) [best, most] = [at, deviation];
    }
    return best < 0 ? undefined : [orig[best] ?? 0, out[best] ?? 0];
  }

  #treeOf(pool: PgPool): RuleTree | undefined {
    if (!this.#trees.has(pool.crushRule)) {
      const rule = this.#map.crush.rules.get(pool.crushRule);
      this.#trees.set(pool.crushRule, rule && new RuleTree(this.#map.crush, rule));
    }
    return this.#trees.get(pool.crushRule);
  }

  /** Drops an upmap that took a PG from an OSD that could hold more. */
  #fillUnderfull(search: Search): Trial | undefined {
    for (const { osd, deviation } of this.#deviations.sorted) {
      if (!search.underfull.includes(osd) || Math.abs(deviation) < this.#options.maxDeviation) break;
      for (const [pg, pairs] of this.#candidates(search)) {
        const trial = this.#without(pg, pairs, ([from]) => from === osd);
        if (trial !== undefined) return trial;
      }
    }
    return undefined;
  }

  #candidates({ skip }: Search): [PgKey, Pairs][] {
    const { pools, aggressive, nextSeed } = this.#options;
    const candidates = [...this.#items].filter(([pg]) => !skip.has(pg) && pools.includes(pgOfKey(pg).pool));
    candidates.sort(([a], [b]) => a - b);
    if (aggressive) shuffle(candidates, new MinStd(nextSeed()));
    return candidates;
  }

  /** @ceph src/osd/OSDMap.cc OSDMap::pack_upmap_results — exact */
  #keep({ unmap, upmap, changed }: Trial, deviations: Deviations): number {
    this.#spread = { ...this.#spread, pgs: new Map([...this.#spread.pgs, ...changed]) };
    this.#deviations = deviations;
    for (const pg of unmap) {
      this.#items.delete(pg);
      this.#change.oldItems.add(textOf(pg));
    }
    for (const [pg, pairs] of upmap) {
      this.#items.set(pg, pairs);
      this.#change.newItems.set(textOf(pg), pairs);
    }
    return unmap.length + upmap.length;
  }
}

/** What one round looks among. */
interface Search {
  readonly overfull: ReadonlySet<number>;
  readonly underfull: readonly number[];
  readonly moreUnderfull: readonly number[];
  /** True where OSDs that are only a little too full are relieved. */
  readonly useMore: boolean;
  readonly skip: Set<PgKey>;
  /** OSDs for which nothing was found. */
  readonly spent: Set<number>;
}

/** @ceph src/osd/OSDMap.cc OSDMap::fill_overfull_underfull — exact */
function fullnessOf({ sorted }: Deviations, maxDeviation: number) {
  const osds = (wanted: (deviation: number) => boolean) =>
    sorted.filter(({ deviation }) => wanted(deviation)).map(({ osd }) => osd);
  return {
    overfull: new Set(osds((deviation) => deviation > maxDeviation)),
    moreOverfull: new Set(osds((deviation) => deviation > 0 && deviation <= maxDeviation)),
    underfull: osds((deviation) => deviation < -maxDeviation),
    moreUnderfull: osds((deviation) => deviation < 0 && deviation >= -maxDeviation),
  };
}

function poolAndSeed(map: OsdMap, key: PgKey): { pool: PgPool; seed: number } {
  const { pool, seed } = pgOfKey(key);
  return { pool: must(map.pools.get(pool), `pool ${pool}`), seed };
}

function textOf(key: PgKey): string {
  const { pool, seed } = pgOfKey(key);
  return pgIdText(pool, seed);
}

function keyOf(text: string): PgKey {
  const [pool = '', seed = ''] = text.split('.');
  return pgKey(Number(pool), Number.parseInt(seed, 16));
}
