import type { PgStat } from '../../mon/pg-stat.ts';
import type { FollowedCluster, FollowedPgs } from '../../mon/progress-events.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { mapPg } from '../../osdmap/placement.ts';

/** An OSD that a map took out or brought in. */
export interface OsdMove {
  readonly osd: number;
  readonly to: 'in' | 'out';
}

const WHOLE = 0x10000;

/** OSDs that went out between two maps, or came in with their whole weight. @ceph src/pybind/mgr/progress/module.py _osdmap_changed — exact */
export function osdMoves(before: OsdMap, after: OsdMap): OsdMove[] {
  const moves: OsdMove[] = [];
  for (const [id, osd] of after.osds.entries()) {
    const was = before.osds[id];
    if (osd === undefined || was === undefined) continue;
    if (osd.weight === 0 && was.weight > 0) moves.push({ osd: id, to: 'out' });
    else if (osd.weight >= WHOLE && was.weight === 0) moves.push({ osd: id, to: 'in' });
  }
  return moves;
}

/** PGs that one of two maps has on an OSD, and that the other has elsewhere. @ceph progress/module.py _osd_in_out — exact */
export function movedPgs(before: OsdMap, after: OsdMap, osd: number): string[] {
  const moved: string[] = [];
  for (const pool of before.pools.values()) {
    const now = after.pools.get(pool.id);
    for (let seed = 0; now !== undefined && seed < Math.min(pool.pgNum, now.pgNum); seed++) {
      const [old, next] = [new Set(mapPg(before, pool, seed).acting), new Set(mapPg(after, now, seed).acting)];
      if ((old.has(osd) || next.has(osd)) && !isSame(old, next)) moved.push(pgIdText(pool.id, seed));
    }
  }
  return moved;
}

function isSame(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((osd) => b.has(osd));
}

/** Copies that are not where they should be. */
export function lackedCopies({ degraded, misplaced }: PgStat): number {
  return degraded + misplaced;
}

/** How much of what moved has arrived: PGs that are clean, and of the others the part of their objects. @ceph progress/module.py PgRecoveryEvent.pg_update — exact for objects of one size */
export function followedProgress({ lacked }: FollowedPgs, pgs: readonly PgStat[]): number {
  if (lacked.size === 0) return 1;
  const known = new Map(pgs.map((pg) => [pg.pgid, pg]));
  let done = 0;
  for (const [pgid, atFirst] of lacked) {
    const pg = known.get(pgid);
    if (pg === undefined || isClean(pg)) done++;
    else if (pg.objects > 0) done += Math.min(1, Math.max(0, (atFirst - lackedCopies(pg)) / pg.objects));
  }
  return Math.min(1, done / lacked.size);
}

/** The part of all PGs that is clean; null while none has changed. @ceph progress/module.py global_event_update_progress — exact */
export function clusterProgress({ clean }: FollowedCluster, pgs: readonly PgStat[]): number | null {
  const now = cleanPgs(pgs);
  return now === clean || pgs.length === 0 ? null : now / pgs.length;
}

export function cleanPgs(pgs: readonly PgStat[]): number {
  return pgs.filter(isClean).length;
}

function isClean({ state }: PgStat): boolean {
  const words = state.split('+');
  return words.includes('active') && words.includes('clean');
}
