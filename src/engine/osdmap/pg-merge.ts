import type { PgPool } from './osd-map.ts';
import { stableMask, stableMod } from './placement.ts';

/** The part that a PG has in a merge that its pool is about to make: the one that goes, or the one that it goes into. */
export type MergeRole = 'source' | 'target';

type Counts = Pick<PgPool, 'pgNum' | 'pgNumPending'>;

/** @ceph src/osd/osd_types.cc pg_pool_t::is_pending_merge — exact */
export function mergeRole(pool: Counts, seed: number): MergeRole | null {
  const { pgNum, pgNumPending = pgNum } = pool;
  if (pgNumPending >= pgNum || seed >= pgNum) return null;
  if (seed >= pgNumPending) return 'source';
  return fromBelow(pgNumPending, pgNum).has(seed) ? 'target' : null;
}

/**
 * PGs that begin a new interval because the pool is given another number of them, or will be: those that split and merge,
 * and those that they come from or go into.
 *
 * @ceph src/osd/osd_types.cc PastIntervals::is_new_interval — exact: is_split, is_merge_source, is_merge_target, of pg_num
 *   and of pg_num_pending
 */
export function reshapedSeeds(from: Counts, to: Counts): ReadonlySet<number> {
  const pending = ({ pgNum, pgNumPending = pgNum }: Counts) => pgNumPending;
  return new Set([...between(from.pgNum, to.pgNum), ...between(pending(from), pending(to))]);
}

function between(a: number, b: number): number[] {
  const [low, high] = a < b ? [a, b] : [b, a];
  return [...fromBelow(low, high), ...Array.from({ length: high - low }, (_, at) => low + at)];
}

/** PGs below `low` that those from there up to `high` are split from. */
function fromBelow(low: number, high: number): ReadonlySet<number> {
  const parents = new Set<number>();
  for (let seed = low; seed < high; seed++) parents.add(stableMod(seed, low, stableMask(low)));
  return parents;
}
