import { type HealthCheck, problem } from './health-check.ts';
import type { HealthInput } from './health-input.ts';
import { objectsText } from './objects-text.ts';
import type { PgCondition, PgStat } from './pg-stat.ts';
import { spanText } from './span-text.ts';

type Consequence = 'PG_AVAILABILITY' | 'PG_DEGRADED' | 'PG_BACKFILL_FULL' | 'PG_DAMAGED' | 'PG_RECOVERY_FULL';

interface Response {
  /** The word in the PG's state; with `without`, what its absence is called. */
  readonly state: string;
  readonly without?: string;
  readonly consequence: Consequence;
  /** Only once the PG has not met this for some time. */
  readonly stuck?: PgCondition;
}

/** In the order of the states' bits. @ceph src/mon/PGMap.cc PGMap::get_health_checks — exact */
const RESPONSES: readonly Response[] = [
  { state: 'active', without: 'inactive', consequence: 'PG_AVAILABILITY', stuck: 'active' },
  { state: 'down', consequence: 'PG_AVAILABILITY' },
  { state: 'recovery_unfound', consequence: 'PG_DAMAGED' },
  { state: 'backfill_unfound', consequence: 'PG_DAMAGED' },
  { state: 'degraded', consequence: 'PG_DEGRADED' },
  { state: 'inconsistent', consequence: 'PG_DAMAGED' },
  { state: 'peering', consequence: 'PG_AVAILABILITY', stuck: 'peered' },
  { state: 'incomplete', consequence: 'PG_AVAILABILITY' },
  { state: 'stale', consequence: 'PG_AVAILABILITY', stuck: 'unstale' },
  { state: 'backfill_toofull', consequence: 'PG_BACKFILL_FULL' },
  { state: 'undersized', consequence: 'PG_DEGRADED', stuck: 'fullsized' },
  { state: 'recovery_toofull', consequence: 'PG_RECOVERY_FULL' },
  { state: 'snaptrim_error', consequence: 'PG_DAMAGED' },
];

const TEXTS: Readonly<Record<Consequence, string>> = {
  PG_AVAILABILITY: 'Reduced data availability: ',
  PG_DEGRADED: 'Degraded data redundancy: ',
  PG_BACKFILL_FULL: "Low space hindering backfill (add storage if this doesn't resolve itself): ",
  PG_DAMAGED: 'Possible data damage: ',
  PG_RECOVERY_FULL: 'Full OSDs blocking recovery: ',
};

/** @ceph src/common/options/mon.yaml.in mon_health_max_detail */
const MAX_DETAIL = 50;

interface Causes {
  /** How many PGs by state. */
  readonly states: Map<Response, number>;
  readonly messages: Map<string, string>;
}

/** What is wrong with PGs: one check for each consequence. */
export function pgChecks(input: HealthInput): HealthCheck[] {
  const detected = new Map<Consequence, Causes>();
  const cutoff_us = input.now_us - input.option('mon_pg_stuck_threshold') * 1_000_000;
  for (const pg of unwell(input.stats.pgs)) look(pg, input, cutoff_us, detected);
  return [...detected].map(([code, causes]) => checkOf(code, causes, input));
}

/** In order of their ids. */
function unwell(pgs: readonly PgStat[]): PgStat[] {
  const bad = pgs.filter(({ state }) => state !== 'active+clean');
  return bad.sort((a, b) => a.pool - b.pool || a.seed - b.seed);
}

function look(pg: PgStat, input: HealthInput, cutoff_us: number, detected: Map<Consequence, Causes>): void {
  const words = pg.state.split('+');
  for (const response of RESPONSES) {
    if (words.includes(response.state) === (response.without !== undefined)) continue;
    const since_us = response.stuck === undefined ? undefined : sinceOf(pg, response.stuck);
    if (response.stuck !== undefined && (since_us === undefined || since_us >= cutoff_us)) continue;
    const causes = detected.get(response.consequence) ?? { states: new Map(), messages: new Map() };
    detected.set(response.consequence, causes);
    causes.states.set(response, (causes.states.get(response) ?? 0) + 1);
    if (causes.messages.size <= MAX_DETAIL) causes.messages.set(pg.pgid, detailOf(pg, response, input, since_us));
  }
}

/** Since when a PG has not met a condition. */
function sinceOf({ times }: PgStat, condition: PgCondition): number | undefined {
  return times?.left[condition];
}

function detailOf(pg: PgStat, { state, without = state }: Response, input: HealthInput, since_us?: number): string {
  const acting = `acting [${pg.acting.map((osd) => (osd === NONE ? 'NONE' : osd)).join(',')}]`;
  const unfound = (pg.unfound ?? 0) > 0 ? `, ${pg.unfound} unfound` : '';
  const text =
    since_us === undefined
      ? `pg ${pg.pgid} is ${pg.state}, ${acting}${unfound}`
      : `pg ${pg.pgid} is stuck ${without} for ${spanText(input.now_us - since_us)}, current state ${pg.state}, last ${acting}`;
  const pool = input.map.pools.get(pg.pool);
  if (!pg.state.split('+').includes('incomplete') || pool === undefined || pool.minSize < 2) return text;
  return (
    `${text} (reducing pool ${pool.name} min_size from ${pool.minSize} may help; ` +
    "search ceph.com/docs for 'incomplete')"
  );
}

const NONE = 0x7fffffff;

function checkOf(code: Consequence, { states, messages }: Causes, { stats }: HealthInput): HealthCheck {
  const counts = RESPONSES.flatMap((response) => {
    const count = states.get(response);
    return count === undefined ? [] : [`${count} ${count > 1 ? 'pgs' : 'pg'} ${response.without ?? response.state}`];
  });
  const { degraded, copies } = stats;
  const objects = code === 'PG_DEGRADED' && degraded > 0 ? `${objectsText(degraded, copies, 'degraded')}, ` : '';
  const count = [...states.values()].reduce((sum, each) => sum + each, 0);
  const severity = code === 'PG_DAMAGED' || code === 'PG_RECOVERY_FULL' ? 'HEALTH_ERR' : 'HEALTH_WARN';
  return problem(severity, code, `${TEXTS[code]}${objects}${counts.join(', ')}`, count, [...messages.values()]);
}
