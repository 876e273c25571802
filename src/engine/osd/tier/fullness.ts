import { must } from '../../base/assert.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { Onode } from '../../os/onode.ts';
import { tiering } from '../../osdmap/cache-modes.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import type { PgView } from '../primary-log-pg.ts';
import { isDirty } from './clean.ts';

/** How much of its share of a cache a PG holds, and how much of that is dirty, in millionths. */
export interface Fullness {
  readonly dirty_micro: number;
  readonly full_micro: number;
  readonly dirtyObjects: number;
}

/** A cache without a target is never full. */
const EMPTY: Fullness = { dirty_micro: 0, full_micro: 0, dirtyObjects: 0 };

/** @ceph src/osd/PrimaryLogPG.cc agent_choose_mode — exact, without hit sets and omap before an erasure pool */
export function fullnessOf(pg: PgView): Fullness {
  const { targetMaxBytes, targetMaxObjects } = tiering(pg.pool);
  if (targetMaxBytes === 0 && targetMaxObjects === 0) return EMPTY;
  const { objects, bytes, dirty } = countsOf(pg);
  const divisor = pgNumDivisor(pg.pool, pg.seed);
  const shares: (readonly [objects: number, most: number])[] = [];
  const average = objects === 0 ? 0 : Math.floor(bytes / objects);
  if (targetMaxBytes > 0 && objects > 0) shares.push([average, targetMaxBytes]);
  if (targetMaxObjects > 0) shares.push([1, targetMaxObjects]);
  const micro = (count: number) =>
    Math.max(
      0,
      ...shares.map(([each, most]) => Math.floor((count * each * 1e6) / Math.max(Math.floor(most / divisor), 1))),
    );
  return { dirty_micro: micro(dirty), full_micro: micro(objects), dirtyObjects: dirty };
}

/** True where nothing more may be promoted. */
export function isFull(pg: PgView): boolean {
  return fullnessOf(pg).full_micro > 1_000_000;
}

function countsOf({ acting, pool, seed }: PgView) {
  const counts = { objects: 0, bytes: 0, dirty: 0 };
  for (const onode of must(acting[0], 'primary').collection(pool.id, seed).values()) {
    counts.objects++;
    counts.bytes += ownBytes(onode);
    if (isDirty(onode)) counts.dirty++;
    for (const { overlap } of onode.snapSet?.clones ?? []) counts.bytes -= sumOf(overlap);
  }
  return { ...counts, bytes: Math.max(0, counts.bytes) };
}

function ownBytes({ data, hoid, info }: Onode): number {
  return hoid.snap === NOSNAP && info.whiteout ? 0 : data.length;
}

function sumOf(overlap: readonly { readonly len: number }[]): number {
  return overlap.reduce((sum, { len }) => sum + len, 0);
}

/** A PG that is split or to be merged counts for two. @ceph src/osd/osd_types.cc pg_pool_t::get_pg_num_divisor — exact */
function pgNumDivisor({ pgNum }: PgPool, seed: number): number {
  const whole = 2 ** Math.ceil(Math.log2(pgNum));
  if (whole === pgNum) return pgNum;
  const mask = whole / 2 - 1;
  return (seed & mask) < (pgNum & mask) ? whole : whole / 2;
}
