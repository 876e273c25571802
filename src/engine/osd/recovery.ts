import type { EngineContext } from '../base/context.ts';
import type { Task } from '../base/task.ts';
import type { ObjectStore } from '../os/object-store.ts';
import type { Onode } from '../os/onode.ts';
import { findCopy, isCurrent, type MissingRow, missingKey, missingOf, missingTable } from './missing.ts';
import type { PgView } from './primary-log-pg.ts';

/** Virtual time to start an object's copy, and the rate at which its bytes move. */
const OBJECT_US = 1_000;
const BYTES_PER_US = 100;

/** What recovery of a PG needs: the PG as it is now, asked again at each step, and every store that is up. */
export interface RecoveryAccess {
  /** Null once the PG is gone, has peered again, or no longer has the reservation. */
  view(): PgView | null;
  upStores(): readonly ObjectStore[];
}

/** What a recovery moved, and whether it left objects that no OSD up has. */
export interface Recovered {
  readonly objects: number;
  readonly bytes: number;
  readonly unfound: number;
}

/**
 * Copies to each acting OSD what it lacks, object by object, from any OSD that has it. Null where the PG changed under it.
 * @ceph src/osd/PrimaryLogPG.cc recover_primary, recover_replicas — the same order, one object at a time
 */
export function* recoverPg(engine: EngineContext, access: RecoveryAccess): Task<Recovered | null> {
  let [objects, bytes] = [0, 0];
  for (let found = true; found; ) {
    found = false;
    for (const row of rowsOf(engine, access.view())) {
      const pg = access.view();
      if (pg === null) return null;
      const copy = copyFor(engine, access, pg, row);
      if (copy === undefined) continue;
      yield placeCopy(engine, pg, row, copy);
      found = true;
      objects++;
      bytes += copy.data.length;
    }
  }
  const pg = access.view();
  return pg === null ? null : { objects, bytes, unfound: rowsOf(engine, pg).length };
}

function rowsOf(engine: EngineContext, pg: PgView | null): MissingRow[] {
  return pg === null ? [] : missingOf(missingTable(engine.records, pg.pgid), osdsOfView(pg));
}

/** A copy that fills a row; undefined where the row is filled already, or no OSD up has one. */
function copyFor(engine: EngineContext, access: RecoveryAccess, pg: PgView, row: MissingRow): Onode | undefined {
  if (!missingTable(engine.records, pg.pgid).has(missingKey(row.osd, row.key))) return undefined;
  return findCopy(access.upStores(), pg.pool.id, pg.seed, row);
}

/** Brings objects of a request up to date on every acting OSD before it is served. Unfound ones stay. */
export function* recoverKeys(
  engine: EngineContext,
  access: RecoveryAccess,
  isOf: (key: string) => boolean,
): Task<void> {
  for (const row of rowsOf(engine, access.view())) {
    const pg = access.view();
    if (pg === null) return;
    const copy = isOf(row.key) ? copyFor(engine, access, pg, row) : undefined;
    if (copy !== undefined) yield placeCopy(engine, pg, row, copy);
  }
}

/**
 * Fills OSDs that the log cannot help: all objects, to one OSD after the other. Null where the PG changed under it.
 * @ceph src/osd/PrimaryLogPG.cc recover_backfill — object by object; what the target has already is passed over
 */
export function* backfillPg(engine: EngineContext, access: RecoveryAccess): Task<Recovered | null> {
  let [objects, bytes] = [0, 0];
  for (let copied = true; copied; ) {
    copied = false;
    for (const [osd, key] of lackingIn(access.view())) {
      const pg = access.view();
      if (pg === null) return null;
      const onode = copyOver(pg, osd, key);
      if (onode === null) continue;
      copied = true;
      objects++;
      bytes += onode.data.length;
      engine.cost.networkBytes += onode.data.length;
      yield copyTime(onode);
    }
  }
  return access.view() === null ? null : { objects, bytes, unfound: 0 };
}

/** What each target lacks; what it has too many is removed. */
function lackingIn(pg: PgView | null): [osd: number, key: string][] {
  const [source] = pg?.acting ?? [];
  if (pg === null || source === undefined) return [];
  const from = source.collection(pg.pool.id, pg.seed);
  return pg.backfill.flatMap((target) => {
    const to = target.collection(pg.pool.id, pg.seed);
    for (const key of [...to.keys()]) if (!from.has(key)) to.delete(key);
    return [...from.entries()]
      .filter(([key, { info }]) => !isCurrent(to.get(key), info.version))
      .map(([key]): [number, string] => [target.osd, key]);
  });
}

function copyOver({ acting, backfill, pool, seed }: PgView, osd: number, key: string): Onode | null {
  const onode = acting[0]?.collection(pool.id, seed).get(key);
  const target = backfill.find((store) => store.osd === osd)?.collection(pool.id, seed);
  if (onode === undefined || target === undefined || isCurrent(target.get(key), onode.info.version)) return null;
  target.set(key, onode);
  return onode;
}

function placeCopy(engine: EngineContext, pg: PgView, row: MissingRow, copy: Onode): number {
  const store = [...pg.acting, ...pg.backfill].find(({ osd }) => osd === row.osd);
  store?.collection(pg.pool.id, pg.seed).set(row.key, copy);
  missingTable(engine.records, pg.pgid).delete(missingKey(row.osd, row.key));
  engine.cost.networkBytes += copy.data.length;
  return copyTime(copy);
}

function copyTime(copy: Onode): number {
  return OBJECT_US + copy.data.length / BYTES_PER_US;
}

function osdsOfView({ acting }: PgView): number[] {
  return acting.map(({ osd }) => osd);
}
