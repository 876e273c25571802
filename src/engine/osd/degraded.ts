import type { RecordStore } from '../base/records.ts';
import { shardOf } from '../os/shard-id.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { type MissingRow, missingOf, missingTable } from './missing.ts';
import { countOsds, membersOf, sameOsds } from './past-intervals.ts';
import { asyncOf, type PgRecord } from './pg.ts';

/** Copies (in an erasure pool shards) of a PG's objects that are not where they should be. */
export interface MissingCopies {
  readonly degraded: number;
  readonly misplaced: number;
}

/**
 * Copies that a PG lacks: degraded where there are fewer than there should be, misplaced where another OSD still has them.
 *
 * @param objectsOn how many of the PG's objects an OSD that is being filled has
 * @ceph src/osd/PeeringState.cc update_calc_stats — exact
 */
export function missingCopies(
  records: RecordStore,
  record: PgRecord,
  pool: Pick<PgPool, 'type' | 'size'>,
  objects: number,
  objectsOn: (id: number) => number,
): MissingCopies {
  const table = missingTable(records, pgIdText(record.pool, record.seed));
  if (table.size === 0 && isWhole(record, pool)) return NONE_MISSING;
  const [up, acting] = [membersOf(record.interval.up, pool), membersOf(record.interval.acting, pool)];
  const known = [...acting, ...asyncOf(record)];
  const rows = missingOf(table, known);
  const lacks = (id: number): number => {
    if (record.backfill.includes(id)) return Math.max(0, objects - objectsOn(id));
    return known.includes(id) ? rows.filter((row) => row.id === id).length : objects;
  };
  const sources = acting.filter((id) => !up.includes(id));
  if (record.work === 'recovering')
    return whileRecovering(rows, pool, { up, sources, filled: record.backfill, objects, lacks });
  if (pool.type === 'erasure') {
    const targets = Array.from({ length: pool.size }, (_, shard) => up.find((id) => shardOf(id) === shard));
    const source = (shard: number) => sources.find((id) => shardOf(id) === shard);
    return shared(targets.map((id, shard) => [id === undefined ? objects : lacks(id), optional(source(shard), lacks)]));
  }
  const targets = up.map(lacks);
  // All that CRUSH finds no OSD for counts as one.
  const needed = pool.size - targets.length;
  if (needed > 0) targets.push(objects * needed);
  const left = sources.map(lacks).sort((a, b) => a - b);
  return shared(targets.sort((a, b) => b - a).map((missing, i) => [missing, left[i]]));
}

const NONE_MISSING: MissingCopies = { degraded: 0, misplaced: 0 };

/** All that are to hold the PG act for it, as many as there should be, and nobody is being filled. */
function isWhole({ interval: { up, acting }, backfill }: PgRecord, { size }: Pick<PgPool, 'size'>): boolean {
  return backfill.length === 0 && countOsds(acting) >= size && sameOsds(up, acting);
}

interface Holders {
  readonly up: readonly number[];
  /** Those who act and are not in the up set. */
  readonly sources: readonly number[];
  /** Those of the up set that are to be filled. */
  readonly filled: readonly number[];
  readonly objects: number;
  readonly lacks: (id: number) => number;
}

/** Objects that somebody is known to lack are counted one by one; of the others, what CRUSH finds no OSD for. */
function whileRecovering(
  rows: readonly MissingRow[],
  { type, size }: Pick<PgPool, 'type' | 'size'>,
  { up, sources, filled, objects, lacks }: Holders,
): MissingCopies {
  const byKey = new Map<string, Set<number>>();
  for (const { key, id } of rows) byKey.set(key, (byKey.get(key) ?? new Set()).add(id));
  const isErasure = type === 'erasure';
  let [degraded, misplaced] = [0, 0];
  for (const lacking of byKey.values()) {
    const others = sources.filter((id) => !lacking.has(id));
    for (const id of up.filter((each) => lacking.has(each) || filled.includes(each))) {
      const at = others.findIndex((other) => !isErasure || shardOf(other) === shardOf(id));
      if (at < 0) degraded++;
      else misplaced++;
      if (at >= 0) others.splice(at, 1);
    }
  }
  for (let shard = 0; shard < size; shard++) {
    if (isErasure ? up.some((id) => shardOf(id) === shard) : shard < up.length) continue;
    const source = isErasure ? sources.find((id) => shardOf(id) === shard) : undefined;
    const missing = source === undefined ? objects : lacks(source);
    degraded += missing;
    misplaced += objects - missing;
  }
  return { degraded, misplaced };
}

function optional(id: number | undefined, lacks: (id: number) => number): number | undefined {
  return id === undefined ? undefined : lacks(id);
}

/** What an OSD of the up set lacks is misplaced as far as one outside it still has it, else degraded. */
function shared(pairs: readonly (readonly [missing: number, onSource: number | undefined])[]): MissingCopies {
  let [degraded, misplaced] = [0, 0];
  for (const [missing, onSource = missing] of pairs) {
    const left = Math.min(missing, onSource);
    degraded += left;
    misplaced += missing - left;
  }
  return { degraded, misplaced };
}
