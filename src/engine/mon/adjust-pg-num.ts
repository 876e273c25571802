import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { isMergePending, isOnItsWay, pgpNumWanted } from './pg-num-targets.ts';
import type { PgStat } from './pg-stat.ts';
import type { ClusterStats } from './stats.ts';

/** PGs that pg_num may be ahead of pgp_num. @ceph mgr_max_pg_num_change */
const MAX_AHEAD = 128;
/** PGs that may be merged later than pgp_num has moved them. */
const MAX_OUTPACED = 8;

/** What comes next on a pool's way to its targets. */
export interface PgNumStep {
  readonly pgNum?: number;
  readonly pgpNum?: number;
  /** PGs that can only merge once their upmaps are gone. */
  readonly upmapped?: readonly string[];
}

/** Shares of the cluster that hold a step back. */
interface Trouble {
  readonly misplaced: number;
  /** Of all object copies, so many may be in the wrong place because of a pgp_num that moves. */
  readonly maxMisplaced: number;
  readonly isSound: boolean;
}

/**
 * What the manager does next for each pool whose pg_num or pgp_num is not what was asked for: splits at once, moves PGs a
 * few at a time while nothing is degraded, and merges the last PG once it lies with the one that it goes into.
 *
 * @ceph src/mgr/DaemonServer.cc adjust_pgs — exact, without the bound on PGs that are being created
 *
 * @param maxMisplaced share of all object copies, `target_max_misplaced_ratio`
 */
export function nextPgNums(map: OsdMap, stats: ClusterStats, maxMisplaced: number): ReadonlyMap<number, PgNumStep> {
  const trouble = { ...troubleOf(stats), maxMisplaced };
  const steps = new Map<number, PgNumStep>();
  for (const pool of map.pools.values()) {
    if (!isOnItsWay(pool)) continue;
    const pgs = stats.pgs.filter((pg) => pg.pool === pool.id);
    const step = pgNumStep(map, pool, pgs) ?? pgpNumStep(pool, pgs, trouble);
    if (step !== undefined) steps.set(pool.id, step);
  }
  return steps;
}

/** @ceph src/mon/PGMap.cc get_recovery_stats — exact */
function troubleOf({ pgs, copies, degraded, misplaced }: ClusterStats): Omit<Trouble, 'maxMisplaced'> {
  const isSound = degraded === 0 && pgs.every(({ state }) => hasState(state, 'active'));
  return { misplaced: copies === 0 ? 0 : misplaced / copies, isSound };
}

function hasState(state: string, word: string): boolean {
  return state.split('+').includes(word);
}

function pgNumStep(map: OsdMap, pool: PgPool, pgs: readonly PgStat[]): PgNumStep | undefined {
  const { pgNum, pgpNum, pgNumTarget } = pool;
  if (pool.flags.includes('creating') || isMergePending(pool)) return undefined;
  if (pgNumTarget < pgNum) return pgNum === pgpNum ? undefined : mergeStep(map, pool, pgs);
  const [room, wanted] = [MAX_AHEAD - (pgNum - pgpNum), pgNumTarget - pgNum];
  const serve = pgs.every(({ state }) => hasState(state, 'active') || hasState(state, 'peered'));
  return wanted > 0 && room > 0 && serve ? { pgNum: pgNum + Math.min(room, wanted) } : undefined;
}

/** The last PG goes, if it and the one that it was once split from are clean on the same OSDs. */
function mergeStep(map: OsdMap, { id, pgNum }: PgPool, pgs: readonly PgStat[]): PgNumStep | undefined {
  const seeds = [pgNum - 1, parentSeed(pgNum - 1)];
  const names = seeds.map((seed) => pgIdText(id, seed));
  const upmapped = names.filter((pgid) => map.pgUpmap.has(pgid) || map.pgUpmapItems.has(pgid));
  if (upmapped.length > 0) return { upmapped };
  const [source, target] = seeds.map((seed) => pgs.find((pg) => pg.seed === seed));
  if (source === undefined || target === undefined) return undefined;
  const areClean = [source, target].every(({ state }) => hasState(state, 'active') && hasState(state, 'clean'));
  return areClean && source.acting.join() === target.acting.join() ? { pgNum: pgNum - 1 } : undefined;
}

/** The PG that one was split from: its seed without the highest bit. */
function parentSeed(seed: number): number {
  return seed === 0 ? 0 : seed ^ (1 << (31 - Math.clz32(seed)));
}

function pgpNumStep(pool: PgPool, pgs: readonly PgStat[], trouble: Trouble): PgNumStep | undefined {
  const { pgNum, pgpNum, pgpNumTarget, pgNumTarget } = pool;
  const { misplaced, maxMisplaced, isSound } = trouble;
  const wanted = pgpNumWanted(pool);
  if (wanted === pgpNum || (wanted > pgpNum && pgpNum === pgNum)) return undefined;
  if (!isSound || misplaced > maxMisplaced) return undefined;
  const objects = pgs.reduce((sum, pg) => sum + pg.objects, 0);
  // There is next to nothing to move.
  if (pgpNumTarget > pgpNum && objects <= pgpNumTarget) return { pgpNum: wanted };
  const most = Math.max(1, Math.floor(pgNum * Math.min(maxMisplaced - misplaced, maxMisplaced / 2)));
  const next = Math.min(Math.max(wanted, pgpNum - most), pgpNum + most);
  const follows = pgpNumTarget === pgNumTarget && pgpNumTarget < pgNum;
  const least = follows ? pgNum - Math.max(MAX_OUTPACED, Math.floor(pgNum * maxMisplaced)) : 0;
  const pgpNumNext = Math.max(next, least);
  return pgpNumNext === pgpNum ? undefined : { pgpNum: pgpNumNext };
}
