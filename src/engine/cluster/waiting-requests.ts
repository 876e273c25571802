import { type Task, waitUntil } from '../base/task.ts';
import { hashPrefix } from '../os/hobject.ts';
import { isReadable } from '../osd/erasure/recoverable.ts';
import { missingTable } from '../osd/missing.ts';
import type { PgRecord } from '../osd/pg.ts';
import type { PgView } from '../osd/primary-log-pg.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { mergeRole } from '../osdmap/pg-merge.ts';
import type { WatchedOp } from './op-watch/hook.ts';
import type { PlacementGroups } from './pgs/placement-groups.ts';
import { recoverAtOnce } from './pgs/recovery-queue.ts';

/** What a request wants of an object that a PG may lack. */
export interface WantedObject {
  readonly hash: number;
  readonly writes: boolean;
  readonly op: WatchedOp | null;
}

/**
 * True where the PG has what a request needs of an object: to write all copies, to read the primary's. Else has it recovered,
 * waits, and gives false: then the PG is looked at anew.
 */
export function* hasObject(pgs: PlacementGroups, pg: PgView, { hash, writes, op }: WantedObject): Task<boolean> {
  const prefix = hashPrefix(hash);
  const isOf = (key: string) => key.startsWith(prefix);
  const table = missingTable(pgs.engine.records, pg.pgid);
  const lacking = () =>
    isLacking(pg, new Set([...table.values()].filter(({ key }) => isOf(key)).map(({ id }) => id)), writes);
  if (!lacking()) return true;
  op?.waitsOn(pg.acting[0]?.osd ?? -1, pg.pgid, 'waiting for degraded object', 'delayed');
  yield* recoverAtOnce(pgs, pg.pool.id, pg.seed, isOf);
  const moved = () => pgs.view(pg.pool.id, pg.seed)?.since !== pg.since;
  if (lacking()) op?.isHeld();
  yield* waitUntil(`an object of PG ${pg.pgid} is unfound: no OSD that is up has it`, () => !lacking() || moved());
  return false;
}

/**
 * True where too few of a PG's stores have an object, told by those that lack it.
 * @ceph src/osd/PrimaryLogPG.cc is_unreadable_object, is_degraded_or_backfilling_object — exact
 */
function isLacking({ acting, code }: PgView, lack: ReadonlySet<number>, writes: boolean): boolean {
  const having = acting.filter(({ id }) => !lack.has(id));
  if (writes) return having.length < acting.length;
  if (having[0] !== acting[0]) return true;
  return (
    code !== null &&
    !isReadable(
      code,
      having.map(({ shard }) => shard),
    )
  );
}

/**
 * Where a request waits: OSDs keep it while they peer, or have not heard of all; a PG that cannot peer sends it back.
 * @ceph src/osd/PrimaryLogPG.cc do_request, maybe_add_backoff — exact
 */
export function tellWait(op: WatchedOp, pgs: PlacementGroups, view: PgView | null, pool: number, seed: number): void {
  const record = pgs.record(pool, seed);
  const primary = record?.interval.actingPrimary ?? -1;
  const [silent, pgid] = [view?.silent ?? [], pgIdText(pool, seed)];
  if (primary < 0 || silent.includes(primary)) op.isHeld();
  else if (view?.phase === 'active') {
    const others = view.acting.map(({ osd }) => osd).filter((osd) => osd !== primary);
    op.waitsOn(
      primary,
      pgid,
      `waiting for subops from ${others.sort((a, b) => a - b).join(',')}`,
      'waiting for sub ops',
    );
  } else if (record?.phase === 'peering') op.waitsOn(primary, pgid, 'waiting for peered', 'delayed');
  else op.isHeld();
}

/** Why requests to a PG wait, in words that a person can read. */
export function whyInactive(pgs: PlacementGroups, pool: number, seed: number): string {
  const pgid = pgIdText(pool, seed);
  const record = pgs.record(pool, seed);
  if (record === undefined || record.phase === 'unknown') return `PG ${pgid} is unknown: CRUSH finds no OSD for it`;
  if (record.stale) return `PG ${pgid} is stale: none of its OSDs is up`;
  if (record.phase === 'peered' && isMerging(pgs, record)) return `PG ${pgid} is about to merge with another one`;
  if (record.phase === 'peered') return `PG ${pgid} is not active: fewer than min_size of its OSDs are up`;
  if (record.phase === 'down') {
    const blocking = record.blockedBy.map((osd) => `osd.${osd}`).join(', ');
    return `PG ${pgid} is down: ${blocking} may have writes that no other OSD has`;
  }
  if (record.phase === 'incomplete') return `PG ${pgid} is incomplete: no OSD that is up has all of it`;
  return `PG ${pgid} is peering`;
}

function isMerging(pgs: PlacementGroups, { pool, seed }: PgRecord): boolean {
  const found = pgs.monitor.map().pools.get(pool);
  return found !== undefined && mergeRole(found, seed) !== null;
}
