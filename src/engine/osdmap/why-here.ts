import { CephError } from '../base/errno.ts';
import type { CrushMap, CrushRule, CrushStep } from '../crush/crush-map.ts';
import { ruleLines } from '../crush/decompile-rule.ts';
import { type Straws, strawsOf } from '../crush/straws.ts';
import { type TracedDraw, type TracedTry, traceRule } from '../crush/trace.ts';
import { nameOf } from '../crush/tree.ts';
import type { OsdMap, PgMapping, PgPool } from './osd-map.ts';
import { pgIdText } from './pg-id.ts';
import {
  applyPrimaryAffinity,
  dropOsds,
  firstOsd,
  mapRaw,
  osdWeights,
  placementSeed,
  stableMask,
  stableMod,
  upmappedOsds,
} from './placement.ts';

/** How a PG came to its OSDs: each step of the rule with its tries and draws, then what was made of CRUSH's answer. */
export interface PgTrace extends PgMapping {
  readonly pgid: string;
  readonly pool: string;
  /** What CRUSH got, and the seed that it was made from: folded by pgp_num. */
  readonly x: number;
  readonly pgpSeed: number;
  readonly hashpspool: boolean;
  readonly rule: string;
  readonly steps: readonly StepTrace[];
  readonly raw: readonly number[];
  /** What changed something, in the order in which it applies. */
  readonly layers: readonly LayerTrace[];
}

export interface StepTrace {
  readonly text: string;
  readonly tries: readonly TryTrace[];
  readonly moreTries: number;
  readonly out: readonly number[];
}

export interface TryTrace extends Omit<TracedTry, 'descent' | 'verdict'> {
  readonly descent: readonly DrawTrace[];
  /** Maps whose buckets hold what does not exist are refused when they are read. */
  readonly verdict: Exclude<TracedTry['verdict'], 'no-such-item'>;
}

export interface DrawTrace extends Straws {
  readonly bucket: number;
  readonly bucketName: string;
  readonly r: number;
  readonly chosen: number;
}

export interface LayerTrace {
  readonly what: Layer;
  readonly osds: readonly number[];
  readonly primary: number;
}

export type Layer =
  | 'missing-left-out'
  | 'pg_upmap'
  | 'pg_upmap_items'
  | 'pg_upmap_primary'
  | 'down-left-out'
  | 'primary-affinity'
  | 'pg_temp'
  | 'primary_temp';

/** Why a PG is where it is. What it says at the end is what {@link import('./placement.ts').mapPg} says. */
export function whyHere(map: OsdMap, pool: PgPool, seed: number): PgTrace {
  const { crush } = map;
  const rule = crush.rules.get(pool.crushRule);
  const x = placementSeed(pool, seed);
  const trace = traceRule(crush, pool.crushRule, x, pool.size, osdWeights(map), pool.id);
  const raw = dropOsds(pool, trace.result, (osd) => map.osds[osd] === undefined);
  return {
    pgid: pgIdText(pool.id, seed),
    pool: pool.name,
    x,
    pgpSeed: stableMod(seed, pool.pgpNum, stableMask(pool.pgpNum)),
    hashpspool: pool.flags.includes('hashpspool'),
    rule: rule?.name ?? '',
    steps: trace.steps.map(({ steps, tries, moreTries, out }) => ({
      text: steps.map((step) => stepLine(crush, rule, step)).join('\n'),
      tries: tries.map((each) => tryTrace(map, pool, x, each)),
      ...{ moreTries, out },
    })),
    raw: trace.result,
    layers: layersOf(map, pool, seed, trace.result, raw),
    ...mapRaw(map, pool, seed, raw),
  };
}

function tryTrace(map: OsdMap, pool: PgPool, x: number, traced: TracedTry): TryTrace {
  const verdict = traced.verdict === 'no-such-item' ? 'wrong-type' : traced.verdict;
  return { ...traced, verdict, descent: traced.descent.map((draw) => drawTrace(map, pool, x, draw)) };
}

function drawTrace({ crush }: OsdMap, pool: PgPool, x: number, draw: TracedDraw): DrawTrace {
  const { bucket, r, item } = draw;
  return { bucket, bucketName: nameOf(crush, bucket), r, chosen: item, ...strawsOf(crush, pool.id, x, draw) };
}

/** A step as the text form of the rule has it; by its name alone where what it takes has no name. */
function stepLine(crush: CrushMap, rule: CrushRule | undefined, step: CrushStep): string {
  const fallback = `step ${step.op}`;
  if (rule === undefined) return fallback;
  try {
    return (
      ruleLines(crush, { ...rule, steps: [step] })[3]
        ?.trim()
        .replace(/^}$/, fallback) ?? fallback
    );
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return fallback;
  }
}

/** @ceph src/osd/OSDMap.cc OSDMap::_pg_to_up_acting_osds — its order */
function layersOf(
  map: OsdMap,
  pool: PgPool,
  seed: number,
  picked: readonly number[],
  raw: readonly number[],
): LayerTrace[] {
  const pg = pgIdText(pool.id, seed);
  const [whole, items, primary] = [map.pgUpmap.get(pg), map.pgUpmapItems.get(pg), map.pgUpmapPrimaries.get(pg)];
  const none = { whole, items: undefined, primary: undefined };
  const wholly = upmappedOsds(map, raw, none);
  const singly = upmappedOsds(map, raw, { ...none, items });
  const mapped = upmappedOsds(map, raw, { whole, items, primary });
  const isDown = (osd: number) => map.osds[osd]?.up !== true;
  const living = dropOsds(pool, mapped, isDown);
  const { up, upPrimary } = applyPrimaryAffinity(map, pool, seed, living);
  const temp = dropOsds(pool, map.pgTemp.get(pg) ?? [], isDown);
  const acting = temp.length > 0 ? temp : up;
  const tempPrimary = temp.length > 0 ? firstOsd(temp) : upPrimary;
  const stages: readonly (readonly [what: Layer | 'raw', osds: readonly number[], primary: number])[] = [
    ['raw', picked, firstOsd(picked)],
    ['missing-left-out', raw, firstOsd(raw)],
    ['pg_upmap', wholly, firstOsd(wholly)],
    ['pg_upmap_items', singly, firstOsd(singly)],
    ['pg_upmap_primary', mapped, firstOsd(mapped)],
    ['down-left-out', living, firstOsd(living)],
    ['primary-affinity', up, upPrimary],
    ['pg_temp', acting, tempPrimary],
    ['primary_temp', acting, map.primaryTemp.get(pg) ?? tempPrimary],
  ];
  return stages.flatMap(([what, osds, primary], at) => {
    const before = stages[at - 1];
    if (what === 'raw' || before === undefined) return [];
    return osds.join() === before[1].join() && primary === before[2] ? [] : [{ what, osds, primary }];
  });
}
