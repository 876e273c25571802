import {
  type Amounts,
  type ByMetric,
  type Evaluation,
  type Load,
  METRICS,
  type RootLoad,
} from '../../../../engine/mon/balancer/evaluation.ts';
import type { SpreadStats } from '../../../../engine/mon/balancer/spread-stats.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { readBalanceOf } from '../../../../engine/osdmap/read-balance.ts';
import { balanceObject } from '../../osdmaptool/pool-dump.ts';

/** @ceph src/pybind/mgr/balancer/module.py Eval.show — exact */
export function briefText(what: string, map: OsdMap, { pools, score }: Evaluation): string {
  const reads = pools.flatMap((pool) => {
    const balance = readBalanceOf(map, pool);
    return balance === undefined ? [] : [[quoted(pool.name), floatText(balance.scoreActing)] as const];
  });
  return `${what} score ${score.toFixed(6)} (lower is better)\nread_balance_scores (lower is better) ${dict(reads)}\n`;
}

/** @ceph src/pybind/mgr/balancer/module.py Eval.show — exact */
export function verboseText(what: string, map: OsdMap, { byPool, roots, score }: Evaluation): string {
  const pools = (show: (load: Load) => string) =>
    dict([...byPool].map(([{ name }, load]) => [quoted(name), show(load)]));
  const ofRoots = (show: (root: RootLoad) => string) => dict(roots.map((root) => [quoted(root.name), show(root)]));
  const lines = [
    what,
    `target_by_root ${ofRoots(({ target }) => amounts(target, floatText))}`,
    `actual_by_pool ${pools(shares)}`,
    `actual_by_root ${ofRoots(shares)}`,
    `count_by_pool ${pools(({ counts }) => byMetric(counts, (each) => amounts(each, String)))}`,
    `count_by_root ${ofRoots(({ counts }) => byMetric(counts, (each) => amounts(each, floatText)))}`,
    `total_by_pool ${pools(({ total }) => byMetric(total, String))}`,
    `total_by_root ${ofRoots(({ total }) => byMetric(total, String))}`,
    `stats_by_root ${ofRoots(({ stats }) => byMetric(stats, statsText))}`,
    'score_by_pool {}',
    `score_by_root ${ofRoots(({ stats }) => byMetric(stats, scoreText))}`,
    `score ${score.toFixed(6)} (lower is better)`,
    `read_balance_score_by_pool ${readScores(map, [...byPool.keys()])}`,
  ];
  return `${lines.join('\n')}\n`;
}

type Entry = readonly [key: string, value: string];

/** As Python shows a dictionary. */
function dict(entries: readonly Entry[]): string {
  return `{${entries.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
}

function quoted(name: string): string {
  return name.includes("'") && !name.includes('"') ? `"${name}"` : `'${name.replaceAll("'", "\\'")}'`;
}

function byMetric<T>(values: ByMetric<T>, show: (value: T) => string): string {
  return dict(METRICS.map((what) => [quoted(what), show(values[what])]));
}

function amounts(values: Amounts, show: (value: number) => string): string {
  return dict([...values].map(([osd, value]) => [String(osd), show(value)]));
}

function shares({ counts, total }: Load): string {
  return dict(
    METRICS.map((what) => [
      quoted(what),
      amounts(counts[what], (count) => floatText(count / Math.max(total[what], 1))),
    ]),
  );
}

function statsText({ max, min, avg, stddev, sumWeight, score, isAny }: SpreadStats): string {
  const show = isAny ? floatText : String;
  return dict([
    ["'max'", show(max)],
    ["'min'", show(min)],
    ["'avg'", show(avg)],
    ["'stddev'", show(stddev)],
    ["'sum_weight'", show(sumWeight)],
    ["'score'", show(score)],
  ]);
}

function scoreText({ score, isAny }: SpreadStats): string {
  return isAny ? floatText(score) : '0';
}

const READ_KEYS = [
  ...['score_type', 'score_acting', 'score_stable', 'optimal_score', 'raw_score_acting', 'raw_score_stable'],
  ...['primary_affinity_weighted', 'average_primary_affinity', 'average_primary_affinity_weighted'],
  ...['average_osd_load', 'most_loaded_osd', 'most_loaded_acting_osd'],
];

function readScores(map: OsdMap, pools: readonly Parameters<typeof readBalanceOf>[1][]): string {
  return dict(
    pools.flatMap((pool): Entry[] => {
      const scores = balanceObject(readBalanceOf(map, pool));
      if (scores === undefined) return [];
      const keys = READ_KEYS.filter((key) => scores[key] !== undefined);
      return [[quoted(pool.name), dict(keys.map((key) => [quoted(key), valueText(key, scores[key])]))]];
    }),
  );
}

function valueText(key: string, value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number')
    return key === 'osd' || key === 'pgs' || key === 'primaries' ? String(value) : floatText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return dict(Object.entries(value).map(([name, each]) => [quoted(name), valueText(name, each)]));
}

/** A float as Python shows it: the shortest text that reads back, with an exponent from 1e16 up and below 1e-4. */
function floatText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return value.toFixed(1);
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16)
    return String(value).includes('e') ? value.toFixed(20).replace(/0+$/, '') : String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
