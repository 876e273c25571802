import { ONE } from '../crush/fixed.ts';
import { streamText } from '../crush/text.ts';
import { weightOf } from '../crush/tree.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { mappingStatsText } from './mapping-stats.ts';
import { type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { changeOsds } from './osd-state.ts';
import type { ClusterStats } from './stats.ts';

/** What `ceph osd reweight-by-…` takes. */
export interface ReweightBy {
  readonly by: 'utilization' | 'pg';
  /** From which percentage of the average on an OSD counts as too full; 120 where left out. */
  readonly overload?: number | undefined;
  readonly maxChange?: number | undefined;
  readonly maxOsds?: number | undefined;
  /** Only by PG: pools to count; all where left out. */
  readonly pools?: ReadonlySet<number> | undefined;
  readonly noIncreasing?: boolean;
  /** Says what it would do. */
  readonly dryRun: boolean;
}

/** The answer, and what there is for standard output. */
export interface ReweightOutcome extends MonAnswer {
  readonly output?: string;
}

const [OVERLOAD, MAX_CHANGE, MAX_OSDS] = [120, 0.05, 4] as const;

/** Below these, there is nothing to go by. */
const [MIN_PGS_PER_OSD, MIN_BYTES_PER_OSD] = [10, 100 * 1024 ** 2] as const;

const PERCENTAGE_TOO_LOW =
  'You must give a percentage higher than 100. The reweighting threshold will be calculated as ' +
  '<average-utilization> times <input-percentage>. For example, an argument of 200 would reweight OSDs ' +
  'which are twice as utilized as the average OSD.';

/** How full each OSD is, in whatever counts, and all of them together. */
interface Loads {
  readonly average: number;
  readonly byOsd: readonly (readonly [osd: number, load: number])[];
}

/**
 * Gives OSDs that are too full a smaller share, and others a larger one where they have less than all.
 *
 * @ceph src/mon/PGMap.cc reweight::by_utilization — exact, plain text, for up to 16 OSDs of the same load; beyond,
 *   Ceph's order among equals is its sort's
 */
export function reweightBy(monitor: Monitor, stats: ClusterStats, wanted: ReweightBy): ReweightOutcome {
  monitor.received();
  const map = monitor.map();
  const { overload = OVERLOAD, maxChange = MAX_CHANGE, maxOsds = MAX_OSDS } = wanted;
  if (maxChange <= 0) return refused('EINVAL', `max_change ${streamText(maxChange)} must be positive`);
  if (maxOsds <= 0) return refused('EINVAL', `max_osds ${maxOsds} must be positive`);
  if (overload <= 100) return failed('EINVAL', PERCENTAGE_TOO_LOW);
  const loads = wanted.by === 'pg' ? loadsByPg(map, stats, wanted.pools) : loadsByUse(stats);
  if (typeof loads === 'string') return failed('EDOM', loads);
  const { average } = loads;
  const limits = { overload: (average * overload) / 100, maxChange: Math.trunc(maxChange * ONE), maxOsds };
  const weights = newWeights(map, loads, limits, wanted.noIncreasing ?? false);
  const next = changeOsds(map, [...weights.keys()], (osd, id) => ({ ...osd, weight: weights.get(id) ?? osd.weight }));
  const head = `oload ${overload}\nmax_change ${streamText(maxChange)}\nmax_change_osds ${maxOsds}\n`;
  const averages = `average_utilization ${average.toFixed(4)}\noverload_utilization ${limits.overload.toFixed(4)}\n`;
  const shares = [...weights].map(([id, weight]) => {
    return `osd.${id} weight ${((map.osds[id]?.weight ?? 0) / ONE).toFixed(4)} -> ${(weight / ONE).toFixed(4)}\n`;
  });
  const output = `${mappingStatsText(map, next, wanted.pools) ?? ''}\n${head}${averages}${shares.join('')}`;
  if (weights.size === 0 || wanted.dryRun) return { code: 0, text: 'no change', output };
  monitor.publish((now) => ({ ...now, osds: next.osds }), `osds reweighted by ${wanted.by}`);
  return { code: 0, text: '', output };
}

function failed(errno: 'EINVAL' | 'EDOM', text: string): MonAnswer {
  return refused(errno, `${text}\nFAILED reweight-by-pg`);
}

/** PGs for each unit of CRUSH weight. */
function loadsByPg(map: OsdMap, stats: ClusterStats, pools: ReadonlySet<number> | undefined): Loads | string {
  const counts = new Map<number, number>();
  let [copies, weights] = [0, 0];
  for (const { pool, acting } of stats.pgs) {
    if (pools !== undefined && !pools.has(pool)) continue;
    for (const osd of acting) {
      const weight = map.osds[osd] === undefined ? 0 : weightOf(map.crush, osd) / ONE;
      if (weight <= 0) continue;
      if (!counts.has(osd)) weights += weight;
      counts.set(osd, (counts.get(osd) ?? 0) + 1);
      copies++;
    }
  }
  if (counts.size === 0 || Math.trunc(copies / counts.size) < MIN_PGS_PER_OSD)
    return `Refusing to reweight: we only have ${copies} PGs across ${counts.size} osds!`;
  const byId = [...counts].sort(([a], [b]) => a - b);
  return {
    average: copies / weights,
    byOsd: byId.map(([osd, count]) => [osd, Math.fround(count / (weightOf(map.crush, osd) / ONE))]),
  };
}

/** The used part of each device. */
function loadsByUse(stats: ClusterStats): Loads | string {
  const { osds } = stats;
  const total = osds.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  const used = osds.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  const count = Math.max(1, osds.length);
  const kib = (bytes: number) => Math.floor(bytes / 1024);
  if (total / count < MIN_BYTES_PER_OSD) return `Refusing to reweight: we only have ${kib(total)} kb across all osds!`;
  if (used / count < MIN_BYTES_PER_OSD)
    return `Refusing to reweight: we only have ${kib(used)} kb used across all osds!`;
  return {
    average: used / total,
    byOsd: osds.map(({ id, usedBytes, totalBytes }) => [id, Math.fround(usedBytes / totalBytes)]),
  };
}

interface Limits {
  readonly overload: number;
  readonly maxChange: number;
  readonly maxOsds: number;
}

/** Weights that change, those furthest from the average first. */
function newWeights(map: OsdMap, { average, byOsd }: Loads, limits: Limits, noIncreasing: boolean) {
  const weights = new Map<number, number>();
  const sorted = [...byOsd].sort(([, a], [, b]) => Math.abs(b - average) - Math.abs(a - average));
  for (const [osd, load] of sorted) {
    if (weights.size >= limits.maxOsds) break;
    const weight = map.osds[osd]?.weight ?? 0;
    if (weight === 0) continue;
    const ideal = Math.trunc((average / load) * weight);
    if (load >= limits.overload)
      weights.set(osd, weight > limits.maxChange ? Math.max(ideal, weight - limits.maxChange) : ideal);
    else if (!noIncreasing && load <= average) {
      const higher = Math.min(load === 0 ? ONE : ideal, weight + limits.maxChange, ONE);
      if (higher > weight) weights.set(osd, higher);
    }
  }
  return weights;
}
