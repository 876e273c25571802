import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import { pgShard } from '../os/shard-id.ts';
import type { OsdMap, PgMapping, PgPool } from '../osdmap/osd-map.ts';

/** A time in which up and acting set stayed the same, from epoch `since` on. */
export interface PgInterval extends PgMapping {
  readonly since: number;
}

/** An interval that is over. */
export interface PastInterval {
  readonly first: number;
  readonly last: number;
  readonly acting: readonly number[];
  readonly actingPrimary: number;
  /** Writes may have been made in it: then one of its OSDs is needed before the PG may go on. */
  readonly maybeWentRw: boolean;
}

/**
 * True where a PG has to peer again from one map to the next.
 *
 * @ceph src/osd/osd_types.cc PastIntervals::is_new_interval — exact, together with `reshapedSeeds`
 */
export function isNewInterval(from: PgInterval, to: PgMapping, fromPool: PgPool, toPool: PgPool): boolean {
  return (
    from.actingPrimary !== to.actingPrimary ||
    from.upPrimary !== to.upPrimary ||
    !sameOsds(from.acting, to.acting) ||
    !sameOsds(from.up, to.up) ||
    fromPool.size !== toPool.size ||
    fromPool.minSize !== toPool.minSize
  );
}

export function sameOsds(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/**
 * An interval as it ends with epoch `last`, by the map and pool of then.
 *
 * @ceph src/osd/osd_types.cc PastIntervals::check_new_interval — exact: it went read-write if enough acted and the
 *   primary's up_thru reached it, or the PG was clean in it
 */
export function closeInterval(
  interval: PgInterval,
  last: number,
  map: OsdMap,
  pool: PgPool,
  cleanEpoch: number,
): PastInterval {
  const { since, acting, actingPrimary } = interval;
  const serving = countOsds(acting);
  const primary = map.osds[actingPrimary];
  const reached = primary !== undefined && primary.upThru >= since && primary.upFrom <= since;
  const wasClean = cleanEpoch >= since && cleanEpoch <= last;
  const maybeWentRw = serving > 0 && actingPrimary >= 0 && serving >= pool.minSize && (reached || wasClean);
  return { first: since, last, acting, actingPrimary, maybeWentRw };
}

/**
 * OSDs that are down now and without which writes of a past interval may be lost. Empty where peering can go on.
 *
 * @param isRecoverable whether an interval's writes can be had from those of its OSDs that stood at these positions
 * @ceph src/osd/osd_types.h PastIntervals::PriorSet — exact
 */
export function blockingOsds(
  intervals: readonly PastInterval[],
  startedEpoch: number,
  map: OsdMap,
  isRecoverable: (positions: readonly number[]) => boolean,
): readonly number[] {
  let blocking: readonly number[] = NOBODY;
  for (const interval of intervals) {
    if (interval.last < startedEpoch || !interval.maybeWentRw) continue;
    const down = downOf(interval, map);
    if (down.length > 0 && !isRecoverable(usablePositions(interval, map))) blocking = [...blocking, ...down];
  }
  return blocking.length === 0 ? blocking : [...new Set(blocking)].sort((a, b) => a - b);
}

const NOBODY: readonly number[] = [];

function isLost({ first }: PastInterval, { osds }: OsdMap, osd: number): boolean {
  return (osds[osd]?.lostAt ?? 0) > first;
}

/** Those who are down, and not given up. */
function downOf(interval: PastInterval, map: OsdMap): readonly number[] {
  let down = NOBODY;
  for (const osd of interval.acting)
    if (map.osds[osd]?.up === false && !isLost(interval, map, osd)) down = down === NOBODY ? [osd] : [...down, osd];
  return down;
}

function usablePositions(interval: PastInterval, map: OsdMap): readonly number[] {
  const positions: number[] = [];
  for (const [at, osd] of interval.acting.entries())
    if (map.osds[osd]?.up === true || isLost(interval, map, osd)) positions.push(at);
  return positions;
}

/** How many OSDs are in a set, the holes of an erasure pool aside. */
export function countOsds(set: readonly number[]): number {
  let count = 0;
  for (const osd of set) if (osd !== CRUSH_ITEM_NONE) count++;
  return count;
}

/** The OSDs of a set, without the holes of an erasure pool. */
export function osdsOf(set: readonly number[]): readonly number[] {
  return set.includes(CRUSH_ITEM_NONE) ? set.filter((osd) => osd !== CRUSH_ITEM_NONE) : set;
}

/** The OSDs of a set in their roles: in an erasure pool each with the shard of its position. */
export function membersOf(set: readonly number[], { type }: Pick<PgPool, 'type'>): readonly number[] {
  if (type === 'replicated') return osdsOf(set);
  return [...set.entries()].filter(([, osd]) => osd !== CRUSH_ITEM_NONE).map(([shard, osd]) => pgShard(osd, shard));
}
