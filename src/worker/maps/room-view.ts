import { CephError } from '../../engine/base/errno.ts';
import { CRUSH_ITEM_NONE, type CrushMap, type CrushRule } from '../../engine/crush/crush-map.ts';
import { ruleLines } from '../../engine/crush/decompile-rule.ts';
import { compareMaps } from '../../engine/osdmap/compare-maps.ts';
import type { MapPlacement, PoolPlacement } from '../../engine/osdmap/map-placement.ts';
import type { MapEdit, MapPoolView, MapRoomView, PgTable } from '../../protocol/maps.ts';
import { osdTable } from './osd-table.ts';
import { treeTable } from './tree-table.ts';

/** What a room is in: two placements, what led from one to the other, and bytes by pool. */
export interface RoomState {
  readonly before: MapPlacement;
  readonly after: MapPlacement;
  readonly edits: readonly MapEdit[];
  readonly undone: number;
  readonly stored: ReadonlyMap<number, number>;
  /** What mapping took. */
  readonly mapped_ms: number;
}

export function roomView({ before, after, edits, undone, stored, mapped_ms }: RoomState): MapRoomView {
  const { map } = after;
  return {
    ...{ epoch: map.epoch, fsid: map.fsid, edits, undone },
    pools: [...after.pools.values()].map((placement) => poolView(placement, stored)),
    rules: rulesOf(map.crush),
    tree: treeTable(map.crush),
    osds: osdTable(before, after),
    moves: { ...compareMaps(before, after, stored), mapped_ms, mappedPgs: after.mappedPgs },
  };
}

function poolView({ pool, osds, size }: PoolPlacement, stored: ReadonlyMap<number, number>): MapPoolView {
  return {
    ...{ id: pool.id, name: pool.name, type: pool.type, size: pool.size, minSize: pool.minSize },
    ...{ pgNum: pool.pgNum, pgpNum: pool.pgpNum, rule: pool.crushRule, flags: pool.flags },
    stored_bytes: stored.get(pool.id) ?? null,
    undersized: countUndersized(osds, size, pool.size),
  };
}

function countUndersized(osds: Int32Array, size: number, wanted: number): number {
  let count = 0;
  for (let at = 0; at < osds.length; at += size) {
    let here = 0;
    for (let place = at; place < at + size; place++) if (osds[place] !== CRUSH_ITEM_NONE) here++;
    if (here < wanted) count++;
  }
  return count;
}

function rulesOf(crush: CrushMap): MapRoomView['rules'] {
  const rules = [...crush.rules.values()].sort((a, b) => a.id - b.id);
  return rules.map((rule) => ({ id: rule.id, name: rule.name, text: ruleText(crush, rule) }));
}

/** Empty where a rule takes what has no name: such a map has no text form. */
function ruleText(crush: CrushMap, rule: CrushRule): string {
  try {
    return ruleLines(crush, rule).join('\n');
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return '';
  }
}

/** Both sides of a pool as one table; a side that has no such pool has no PGs. */
export function pgTable(pool: number, before: MapPlacement, after: MapPlacement): PgTable {
  const [was, now] = [before.pools.get(pool), after.pools.get(pool)];
  const size = Math.max(was?.size ?? 0, now?.size ?? 0);
  return {
    ...{ pool, size, before: widened(was, size), after: widened(now, size) },
    ...{ pgNumBefore: was?.pool.pgNum ?? 0, pgNumAfter: now?.pool.pgNum ?? 0 },
  };
}

/** A copy with `size` places a PG. */
function widened(placement: PoolPlacement | undefined, size: number): Int32Array {
  if (placement === undefined) return new Int32Array(0);
  if (placement.size === size) return placement.osds.slice();
  const { pool, osds } = placement;
  const wide = new Int32Array(pool.pgNum * size).fill(CRUSH_ITEM_NONE);
  for (let seed = 0; seed < pool.pgNum; seed++) {
    wide.set(osds.subarray(seed * placement.size, (seed + 1) * placement.size), seed * size);
  }
  return wide;
}
