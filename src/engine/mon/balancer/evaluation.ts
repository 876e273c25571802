import { CRUSH_ITEM_NONE, type CrushMap } from '../../crush/crush-map.ts';
import { ONE } from '../../crush/fixed.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { mapperOf } from '../../osdmap/pg-mapper.ts';
import { byNumber } from '../../osdmap/wire.ts';
import type { PgStat } from '../pg-stat.ts';
import { NO_STATS, type SpreadStats, spreadStats } from './spread-stats.ts';

export const METRICS = ['pgs', 'objects', 'bytes'] as const;

/** What is spread: PGs, objects, bytes. */
export type Metric = (typeof METRICS)[number];

export type ByMetric<T> = Readonly<Record<Metric, T>>;

/** By OSD. */
export type Amounts = ReadonlyMap<number, number>;

/** What lies on the OSDs of a pool, or below a root. */
export interface Load {
  readonly counts: ByMetric<Map<number, number>>;
  readonly total: Record<Metric, number>;
}

export interface RootLoad extends Load {
  readonly id: number;
  readonly name: string;
  /** Shares that devices should have; they sum up to 1. */
  readonly target: Amounts;
  readonly stats: ByMetric<SpreadStats>;
}

/** How unevenly pools lie on the OSDs that their rules take. */
export interface Evaluation {
  /** Pools that were looked at, in order of id. */
  readonly pools: readonly PgPool[];
  readonly byPool: ReadonlyMap<PgPool, Load>;
  readonly roots: readonly RootLoad[];
  /** 0 is even, 1 is bad. */
  readonly score: number;
}

/** What an evaluation goes by. */
export interface EvaluationRequest {
  readonly map: OsdMap;
  /** Names of pools; all where there is none. */
  readonly pools: readonly string[];
  /** What PGs hold; where they are is worked out from the map. */
  readonly pgs: readonly PgStat[];
  /** What the score is made of. */
  readonly metrics: readonly string[];
}

/**
 * Works out how even the data lies.
 *
 * @ceph src/pybind/mgr/balancer/module.py calc_eval — exact but for the last digits of a score, which are the C library's
 */
export function evaluate({ map, pools: names, pgs, metrics }: EvaluationRequest): Evaluation {
  const pools = [...map.pools.values()]
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .sort((a, b) => a.id - b.id);
  const roots = rootsOf(map, pools);
  const held = new Map(pgs.map((pg) => [pg.pgid, pg]));
  const byPool = new Map(pools.map((pool) => [pool, poolLoad(map, pool, held, roots)]));
  const loads = roots.map((root) => ({ ...root, stats: statsOf(root) }));
  const sum = loads.reduce(
    (all, { stats }) =>
      all + METRICS.reduce((some, what) => some + (metrics.includes(what) ? stats[what].score : 0), 0),
    0,
  );
  return { pools, byPool, roots: loads, score: roots.length === 0 ? 0 : sum / (metrics.length * roots.length) };
}

type BareRoot = Omit<RootLoad, 'stats'>;

function statsOf({ counts, target, total }: BareRoot): ByMetric<SpreadStats> {
  const of = (what: Metric) => (total[what] === 0 ? NO_STATS : spreadStats(counts[what], target, total[what]));
  return { pgs: of('pgs'), objects: of('objects'), bytes: of('bytes') };
}

/** What rules take that pools use, by id; the pools of each are asked by {@link takesOf}. */
function rootsOf(map: OsdMap, pools: readonly PgPool[]): BareRoot[] {
  const ids = new Set(pools.flatMap((pool) => takesOf(map.crush, pool)));
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const target = targetOf(map, id);
      const none = () => new Map([...target.keys()].map((osd) => [osd, 0]));
      const counts = { pgs: none(), objects: none(), bytes: none() };
      return { id, name: map.crush.names.get(id) ?? '', target, counts, total: { pgs: 0, objects: 0, bytes: 0 } };
    });
}

function takesOf(crush: CrushMap, { crushRule }: PgPool): number[] {
  const steps = crush.rules.get(crushRule)?.steps ?? [];
  return steps.flatMap((step) => (step.op === 'take' && step.item < 0 ? [step.item] : []));
}

/** Shares by CRUSH weight, in 32-bit floats, and reweight. */
function targetOf(map: OsdMap, root: number): Amounts {
  const weights = new Map<number, number>();
  for (const [osd, share] of byNumber(takeWeights(map.crush, root))) {
    const weight = share * ((map.osds[osd]?.weight ?? 0) / ONE);
    if (weight > 0) weights.set(osd, weight);
  }
  const sum = [...weights.values()].reduce((all, weight) => all + weight, 0);
  return new Map([...weights].map(([osd, weight]) => [osd, weight / sum]));
}

/** @ceph src/crush/CrushWrapper.cc get_take_weight_osd_map, _normalize_weight_map — exact */
function takeWeights(crush: CrushMap, root: number): Map<number, number> {
  const weights = new Map<number, number>();
  let sum = 0;
  const queue = [root];
  for (const id of queue) {
    const bucket = crush.buckets.get(id);
    for (const [at, item] of (bucket?.items ?? []).entries()) {
      if (item < 0) queue.push(item);
      else {
        const weight = Math.fround((bucket?.itemWeights[at] ?? 0) / ONE);
        weights.set(item, weight);
        sum = Math.fround(sum + weight);
      }
    }
  }
  return new Map([...weights].map(([osd, weight]) => [osd, Math.fround(weight / sum)]));
}

/** Counts a pool, and adds each copy to the first of its roots that has the OSD. */
function poolLoad(map: OsdMap, pool: PgPool, held: ReadonlyMap<string, PgStat>, roots: readonly BareRoot[]): Load {
  const load: Load = {
    counts: { pgs: new Map(), objects: new Map(), bytes: new Map() },
    total: { pgs: 0, objects: 0, bytes: 0 },
  };
  const takes = takesOf(map.crush, pool);
  const own = roots.filter(({ id }) => takes.includes(id));
  const mapper = mapperOf(map);
  for (let seed = 0; seed < pool.pgNum; seed++) {
    const pg = held.get(pgIdText(pool.id, seed));
    const amounts = { pgs: 1, objects: pg?.objects ?? 0, bytes: pg?.bytes ?? 0 };
    for (const osd of mapper.get(pool, seed).up) {
      if (osd === CRUSH_ITEM_NONE) continue;
      const root = own.find(({ target }) => target.has(osd));
      for (const what of METRICS) {
        add(load.counts[what], osd, amounts[what]);
        if (root === undefined) continue;
        add(root.counts[what], osd, amounts[what]);
        root.total[what] += amounts[what];
        load.total[what] += amounts[what];
      }
    }
  }
  return load;
}

function add(counts: Map<number, number>, osd: number, amount: number): void {
  counts.set(osd, (counts.get(osd) ?? 0) + amount);
}
