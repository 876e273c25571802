import type { EngineContext } from '../base/context.ts';
import { type Task, waitUntil } from '../base/task.ts';
import type { ObjectStore } from '../os/object-store.ts';
import type { EVersion } from '../os/onode.ts';
import { osdOfShard } from '../os/shard-id.ts';
import { type Copy, copyOf, movedBytes } from './copy-of.ts';
import { isReadableShard } from './erasure/shard-data.ts';
import { isCurrent, type MissingRow, missingKey, missingOf, missingTable } from './missing.ts';
import { tracerOf } from './op-tracer.ts';
import type { PgView } from './primary-log-pg.ts';
import { countRecovered } from './recovery-counts.ts';

/** The rate at which bytes move. */
const BYTES_PER_US = 100;

/** What recovery of a PG needs: the PG as it is now, asked again at each step, and every store that is up. */
export interface RecoveryAccess {
  /** Null once the PG is gone, has peered again, or no longer has the reservation. */
  view(): PgView | null;
  /** Stores that are up and have the PG or a shard of it, or had. */
  upStores(): readonly ObjectStore[];
  /** Why nothing may be copied just now; null where it may. */
  heldBack(): string | null;
  /** Virtual time that an object takes besides that for its bytes. */
  object_us(): number;
}

/** What a recovery moved, and whether it left objects that no OSD up has. */
export interface Recovered {
  readonly objects: number;
  readonly bytes: number;
  readonly unfound: number;
}

/**
 * Copies to each OSD that acts, or recovers beside, what it lacks, object by object, from any OSD that has it. Null where the PG changed under it.
 * @ceph src/osd/PrimaryLogPG.cc recover_primary, recover_replicas — the same order, one object at a time
 */
export function* recoverPg(engine: EngineContext, access: RecoveryAccess): Task<Recovered | null> {
  let [objects, bytes] = [0, 0];
  for (let found = true; found; ) {
    found = false;
    for (const row of rowsOf(engine, access.view())) {
      const pg = yield* goOn(access);
      if (pg === null) return null;
      const copy = copyFor(engine, access, pg, row);
      if (copy === undefined) continue;
      yield access.object_us() + placeCopy(engine, pg, row, copy);
      found = true;
      objects++;
      bytes += copy.onode.data.length;
    }
  }
  const pg = access.view();
  return pg === null ? null : { objects, bytes, unfound: rowsOf(engine, pg).length };
}

/** The PG, once nothing holds its recovery back. */
function* goOn(access: RecoveryAccess): Task<PgView | null> {
  const reason = access.heldBack();
  if (reason !== null) yield* waitUntil(reason, () => access.heldBack() === null || access.view() === null);
  return access.view();
}

function rowsOf(engine: EngineContext, pg: PgView | null): MissingRow[] {
  return pg === null ? [] : missingOf(missingTable(engine.records, pg.pgid), membersOfView(pg));
}

/** A copy that fills a row; undefined where the row is filled already, or no OSD up has one. */
function copyFor(engine: EngineContext, access: RecoveryAccess, pg: PgView, row: MissingRow): Copy | undefined {
  if (!missingTable(engine.records, pg.pgid).has(missingKey(row.id, row.key))) return undefined;
  return copyOf(access.upStores(), pg, row);
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
    if (pg.asyncRecovery.some(({ id }) => id === row.id)) continue;
    const copy = isOf(row.key) ? copyFor(engine, access, pg, row) : undefined;
    if (copy !== undefined) yield access.object_us() + placeCopy(engine, pg, row, copy);
  }
}

/**
 * Fills OSDs that the log cannot help: all objects, to one OSD after the other, up to one that nobody has a sound copy of.
 * Null where the PG changed under it.
 * @ceph src/osd/PrimaryLogPG.cc recover_backfill, start_recovery_ops — object by object; what the target has already is passed over
 */
export function* backfillPg(engine: EngineContext, access: RecoveryAccess): Task<Recovered | null> {
  let [objects, bytes] = [0, 0];
  for (let copied = true; copied; ) {
    copied = false;
    for (const [id, key] of lackingIn(engine, access.view())) {
      const pg = yield* goOn(access);
      if (pg === null) return null;
      const copy = copyOver(access, pg, id, key);
      if (copy === 'lost') return { objects, bytes, unfound: noteLost(engine, pg, key) };
      if (copy === undefined) continue;
      copied = true;
      objects++;
      bytes += copy.onode.data.length;
      yield access.object_us() + countCopy(engine, pg, id, copy);
    }
  }
  return access.view() === null ? null : { objects, bytes, unfound: 0 };
}

/**
 * What a target lacks and nobody has: whoever acts and has it only in a wrong copy lacks it now as well. Gives how many
 * objects that are: one.
 * @ceph src/osd/PrimaryLogPG.cc on_failed_pull, on_primary_error — exact
 */
function noteLost(engine: EngineContext, pg: PgView, key: string): number {
  const need = pg.acting[0]?.collection(pg.pool.id, pg.seed).get(key)?.info.version;
  const table = missingTable(engine.records, pg.pgid);
  if (need === undefined) return 0;
  for (const store of pg.acting)
    if (!hasSound(pg, store, key, need)) table.set(missingKey(store.id, key), { id: store.id, key, need });
  return 1;
}

function hasSound(pg: PgView, store: ObjectStore, key: string, need: EVersion): boolean {
  if (pg.code === null) return copyOf([store], pg, { id: store.id, key, need }) !== undefined;
  const onode = store.collection(pg.pool.id, pg.seed).get(key);
  return isCurrent(onode, need) && isReadableShard(onode, store.shard);
}

/** What each target lacks; what it has too many is removed, but not what only the primary lacks. */
function lackingIn(engine: EngineContext, pg: PgView | null): [id: number, key: string][] {
  const [source] = pg?.acting ?? [];
  if (pg === null || source === undefined) return [];
  const from = source.collection(pg.pool.id, pg.seed);
  const missing = missingTable(engine.records, pg.pgid);
  return pg.backfill.flatMap((target) => {
    const to = target.collection(pg.pool.id, pg.seed);
    for (const key of [...to.keys()]) if (!from.has(key) && !missing.has(missingKey(source.id, key))) to.delete(key);
    return [...from.entries()]
      .filter(([key, { info }]) => !isCurrent(to.get(key), info.version))
      .map(([key]): [number, string] => [target.id, key]);
  });
}

/** Undefined where nothing is to be done. */
function copyOver(access: RecoveryAccess, pg: PgView, id: number, key: string): Copy | 'lost' | undefined {
  const { acting, backfill, pool, seed } = pg;
  const onode = acting[0]?.collection(pool.id, seed).get(key);
  const target = backfill.find((store) => store.id === id)?.collection(pool.id, seed);
  if (onode === undefined || target === undefined || isCurrent(target.get(key), onode.info.version)) return undefined;
  const copy = copyOf(pg.code === null ? acting : access.upStores(), pg, { id, key, need: onode.info.version });
  if (copy === undefined) return 'lost';
  target.set(key, copy.onode);
  return copy;
}

function placeCopy(engine: EngineContext, pg: PgView, row: MissingRow, copy: Copy): number {
  const store = [...pg.acting, ...pg.asyncRecovery, ...pg.backfill].find(({ id }) => id === row.id);
  store?.collection(pg.pool.id, pg.seed).set(row.key, copy.onode);
  missingTable(engine.records, pg.pgid).delete(missingKey(row.id, row.key));
  return countCopy(engine, pg, row.id, copy);
}

/** The time that the bytes of a copy take, its cost counted and told. */
function countCopy(engine: EngineContext, pg: PgView, id: number, copy: Copy): number {
  const { length } = copy.onode.data;
  const { cost } = engine;
  cost.diskReads += copy.sources.length;
  cost.diskWrites++;
  cost.readBytes += copy.sources.reduce((sum, { bytes }) => sum + bytes, 0);
  cost.writeBytes += length;
  cost.networkBytes += movedBytes(pg, osdOfShard(id), copy);
  countRecovered(engine.records, pg.pool.id, copy.onode);
  tracerOf(engine)?.recovered(engine, pg, id, copy);
  return length / BYTES_PER_US;
}

function membersOfView({ acting, asyncRecovery }: PgView): number[] {
  return [...acting, ...asyncRecovery].map(({ id }) => id);
}
