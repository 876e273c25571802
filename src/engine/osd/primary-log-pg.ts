import { must } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import type { StripeCode } from '../base/data.ts';
import { isWrite, type OsdOp, type OsdRequest } from '../codec/osd-op.ts';
import { NOSNAP, type SnapContext } from '../codec/snap.ts';
import { type HObject, hobjectKey } from '../os/hobject.ts';
import type { ObjectStore, Put, Transaction } from '../os/object-store.ts';
import { type EVersion, isThere, NO_EVERSION, type Onode } from '../os/onode.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import { applyShards, gatherFrom, readObject } from './erasure/ec-backend.ts';
import {
  countPlannedReads,
  countPlannedWrites,
  countShardReads,
  countShardWrites,
  planWrite,
  stripesOfRange,
  type WritePlan,
} from './erasure/ec-cost.ts';
import type { Gathered } from './erasure/gather.ts';
import { plannerOfShards } from './erasure/shard-planner.ts';
import { findAtSnap } from './find-object.ts';
import { makeWriteable } from './make-writeable.ts';
import { dropRows, lacksAny, missingTable, noteLacking } from './missing.ts';
import { OpContext } from './op-context.ts';
import { tracerOf } from './op-tracer.ts';
import { checkRoom, countRequest, runOp } from './ops/op-plugins.ts';
import { type PgPhase, type PgWork, pgTable } from './pg.ts';
import { appendLog, type LogLimits, logKey, type PgLogEntry, pgLog, trimLog } from './pg-log.ts';
import { damageWork, mayBeDamaged } from './scrub/damage-hook.ts';

/** A PG as its primary sees it while it serves a request. */
export interface PgView {
  /** `2.1a`. */
  readonly pgid: string;
  readonly pool: PgPool;
  readonly seed: number;
  readonly epoch: number;
  readonly phase: PgPhase;
  readonly work: PgWork;
  /** Everything is where it should be, in as many copies as the pool wants. */
  readonly clean: boolean;
  /** Since which epoch the same OSDs have served. */
  readonly since: number;
  /** The stores that serve it, the primary first; empty where peering has not come to its end. */
  readonly acting: readonly ObjectStore[];
  /** Stores that are being filled: they get every write as well, so that a copy that went before stays true. */
  readonly backfill: readonly ObjectStore[];
  /** Stores that recover without acting: they get writes of objects that they do not lack. */
  readonly asyncRecovery: readonly ObjectStore[];
  /** OSDs of those that act, recover or are filled which say nothing, though the map has them up: writes wait for the map to change. */
  readonly silent: readonly number[];
  /** How far its log may grow. */
  readonly logLimits: LogLimits;
  /** What makes an erasure pool's shards; null for a replicated pool, whose stores hold whole copies. */
  readonly code: StripeCode | null;
}

/**
 * Serves a request on the primary: runs its operations on a state of their own, and if all succeed sends the
 * outcome to every store of the acting set. Answers one value an operation; throws the CephError of the first
 * operation that fails, with nothing changed.
 * @ceph src/osd/PrimaryLogPG.cc do_op, execute_ctx, finish_ctx — without dup detection and ordering, which a
 *   simulated client cannot violate
 */
export function serveRequest(
  engine: EngineContext,
  pg: PgView,
  hoid: HObject,
  request: OsdRequest,
): readonly unknown[] {
  const key = hobjectKey(hoid);
  const before = objectIn(pg, key) ?? null;
  const find = (context: OpContext, snap: number) =>
    versionAt(context.state, snap, (id) => objectIn(pg, hobjectKey({ ...hoid, snap: id })));
  const snapc = livingSnaps(pg.pool, request.snapc);
  const readFrom = (context: OpContext) => (request.snap === NOSNAP ? context.state : find(context, request.snap));
  const context = new OpContext(hoid, key, request, before, snapc, engine, readFrom, pg.pool);
  const outputs = runOps(engine, pg, context, (op) => runOp(context, op, find));
  if (context.modified && request.ops.some(isWrite)) commit(engine, pg, context);
  else noteRead(engine, pg, context);
  countRequest(engine, pg, context, outputs);
  return outputs;
}

/** Runs a request's operations. One that fails has cost the way there all the same. */
function runOps(
  engine: EngineContext,
  pg: PgView,
  context: OpContext,
  runOne: (op: OsdOp) => unknown,
): readonly unknown[] {
  const tracer = tracerOf(engine);
  const { ops } = context.request;
  try {
    return tracer === null ? ops.map(runOne) : tracer.run(context, runOne);
  } catch (error) {
    const sentBytes = ops.reduce((sum, op) => sum + ('data' in op ? op.data.length : 0), 0);
    engine.cost.clientOps++;
    engine.cost.networkBytes += sentBytes;
    tracer?.refused(engine, pg, context, error, sentBytes);
    throw error;
  }
}

/** An object of a PG as clients see it. */
export function objectIn(pg: PgView, key: string): Onode | undefined {
  if (pg.code !== null) return readObject(pg, pg.code, key);
  const onode = must(pg.acting[0], 'primary').collection(pg.pool.id, pg.seed).get(key);
  return isThere(onode) ? onode : undefined;
}

function versionAt(head: Onode | null, snap: number, clone: (id: number) => Onode | undefined): Onode | null {
  if (head === null || head.snapSet === null) return null;
  const target = findAtSnap(head.snapSet, snap);
  if (target === 'head') return head;
  return target === 'none' ? null : (clone(target) ?? null);
}

/** A client's snapshots without those that the pool has removed. */
function livingSnaps(pool: PgPool, snapc: SnapContext): SnapContext {
  if (snapc.snaps.length === 0 || pool.removedSnaps.length === 0) return snapc;
  return { seq: snapc.seq, snaps: snapc.snaps.filter((snap) => !isRemoved(pool, snap)) };
}

/** @ceph src/osd/osd_types.h pg_pool_t::is_removed_snap — exact */
function isRemoved(pool: PgPool, snap: number): boolean {
  return pool.removedSnaps.some(({ off, len }) => snap >= off && snap < off + len);
}

function commit(engine: EngineContext, pg: PgView, context: OpContext): void {
  const record = must(pgTable(engine.records).get(pg.pgid), 'PG record');
  let version = record.version;
  const next = (): EVersion => ({ epoch: pg.epoch, version: ++version });
  const { clone, snapSet } = makeWriteable(context, next);
  checkRoom(context, clone);
  const at = next();
  const head = finishHead(context, snapSet, at);
  const transaction = transactionOf(context, clone, head);
  writePg(engine, pg, entriesOf(context, clone, head, at), transaction);
  noteWrite(engine, pg, context, clone, head, transaction, at);
}

function transactionOf(context: OpContext, clone: Onode | null, head: Onode | null): Transaction {
  const { key, before, writtenBytes: bytes, modifiedRanges: ranges } = context;
  const keeps = before === null ? null : { key, version: before.info.version };
  const removes = head === null && before !== null ? [key] : NOTHING;
  const first: Put | null = clone === null ? null : { key: hobjectKey(clone.hoid), onode: clone, keeps };
  if (head === null) return { puts: first === null ? [] : [first], removes, bytes, ranges };
  const last: Put = { key, onode: head, keeps: head.data === before?.data ? keeps : null };
  return { puts: first === null ? [last] : [first, last], removes, bytes, ranges };
}

const NOTHING: readonly string[] = [];

function entriesOf(context: OpContext, clone: Onode | null, head: Onode | null, at: EVersion): PgLogEntry[] {
  const last: PgLogEntry = head === null ? deletion(context, at) : { op: 'modify', hoid: head.hoid, info: head.info };
  return clone === null ? [last] : [{ op: 'clone', hoid: clone.hoid, info: clone.info }, last];
}

/**
 * Makes a write: its entries in the log, the PG's new version, and the transaction on every store that acts or is filled.
 * [PG5]
 */
export function writePg(
  engine: EngineContext,
  pg: PgView,
  entries: readonly PgLogEntry[],
  transaction: Transaction,
): void {
  const record = must(pgTable(engine.records).get(pg.pgid), 'PG record');
  const { version } = must(entries.at(-1), 'a log entry').info;
  const reached = reachedStores(engine, pg, transaction);
  applyToAll(engine, pg, reached, transaction);
  dropFilled(engine, pg, transaction);
  const log = pgLog(engine.records, pg.pgid);
  appendLog(log, entries);
  const size = (record.logSize ?? 0) + entries.length;
  const trimmed = trimLog(log, size, pg.logLimits);
  const { logTail } = record;
  const logged = trimmed === null ? { logTail, logSize: size } : { logTail: trimmed.tail, logSize: trimmed.size };
  pgTable(engine.records).set(pg.pgid, { ...record, ...version, ...logged });
}

function deletion({ before, hoid, now_us: mtime_us, request }: OpContext, version: EVersion): PgLogEntry {
  const priorVersion = before?.info.version ?? NO_EVERSION;
  const info = { version, priorVersion, mtime_us, lastClient: request.client };
  return { op: 'delete', hoid: before?.hoid ?? hoid, info };
}

/** A write brings whole objects, so that an OSD which lacked one does not any more. */
function dropFilled(engine: EngineContext, pg: PgView, { puts, removes }: Transaction): void {
  const table = missingTable(engine.records, pg.pgid);
  if (table.size === 0) return;
  const keys = new Set([...puts.map(({ key }) => key), ...removes]);
  dropRows(table, ({ id, key }) => keys.has(key) && pg.acting.some((store) => store.id === id));
}

/** Sends a transaction to every store that serves or is being filled. [PG5] [SC2] */
function applyToAll(engine: EngineContext, pg: PgView, stores: readonly ObjectStore[], transaction: Transaction): void {
  if (pg.code !== null) applyShards(pg, stores, pg.code, transaction);
  else if (mayBeDamaged(engine.records, pg.pool.id))
    damageWork().applyToDamaged(stores, pg.pool.id, pg.seed, transaction);
  else for (const store of stores) store.apply(pg.pool.id, pg.seed, transaction);
}

/**
 * Stores that a change is sent to. One that recovers without acting, and lacks an object of it, gets it with the rest that it
 * lacks.
 * @ceph src/osd/PrimaryLogPG.cc should_send_op — exact
 */
function reachedStores(engine: EngineContext, pg: PgView, transaction: Transaction): readonly ObjectStore[] {
  const { acting, backfill, asyncRecovery } = pg;
  if (asyncRecovery.length === 0) return backfill.length === 0 ? acting : [...acting, ...backfill];
  const table = missingTable(engine.records, pg.pgid);
  const lacking = asyncRecovery.filter((store) => lacksAny(table, store, transaction));
  for (const store of lacking) noteLacking(table, store.collection(pg.pool.id, pg.seed), store.id, transaction);
  return [...acting, ...asyncRecovery.filter((store) => !lacking.includes(store)), ...backfill];
}

function finishHead(context: OpContext, snapSet: Onode['snapSet'], version: EVersion): Onode | null {
  const { state } = context;
  if (state === null) return null;
  const info = {
    ...state.info,
    version,
    priorVersion: context.before?.info.version ?? state.info.version,
    userVersion: version.version,
    mtime_us: context.now_us,
    lastClient: context.request.client,
  };
  return { ...state, snapSet, info };
}

function noteRead(engine: EngineContext, pg: PgView, context: OpContext): void {
  const { cost } = engine;
  const { readBytes } = context;
  cost.clientOps++;
  cost.networkBytes += readBytes;
  const gathered = pg.code === null || readBytes === 0 ? null : noteShardReads(engine, pg, pg.code, context);
  if (gathered === null) {
    cost.diskReads++;
    cost.readBytes += readBytes;
  }
  tracerOf(engine)?.read(engine, pg, context, gathered);
}

/** An erasure pool's primary reads stripes from as many shards as it needs, and works out those that are not there. */
function noteShardReads(engine: EngineContext, pg: PgView, code: StripeCode, context: OpContext): Gathered {
  const { target } = context;
  const gathered = gatherFrom(pg, code, hobjectKey(target.hoid), target);
  if (code.optimized) {
    const { reads, decoded } = plannerOfShards().read(pg, context, context.readRange);
    countPlannedReads(engine, reads, pg);
    return { data: gathered.data, read: [...reads.keys()], decoded, planned: reads };
  }
  countShardReads(engine, code, stripesOfRange(code, context.readRange), gathered.read, pg);
  return gathered;
}

function noteWrite(
  engine: EngineContext,
  pg: PgView,
  context: OpContext,
  clone: Onode | null,
  head: Onode | null,
  { bytes }: Transaction,
  at: EVersion,
): void {
  const { cost } = engine;
  cost.clientOps++;
  if (clone !== null) cost.objectClones++;
  const plan = pg.code === null ? null : planShardWrites(pg, pg.code, context, clone, head);
  // The client sends what it writes; the rest are shards.
  if (plan !== null) cost.networkBytes += bytes;
  let read: readonly number[] = [];
  if (pg.code === null || plan === null) countCopies(engine, pg.acting.length + pg.backfill.length, bytes);
  else if (plan.shards !== undefined) {
    read = [...plan.shards.reads.keys()];
    countPlannedReads(engine, plan.shards.reads, pg);
    countPlannedWrites(engine, plan.shards.writes, pg);
  } else {
    if (head !== null && plan.readBytes > 0) read = gatherFrom(pg, pg.code, context.key, head).read;
    countShardReads(engine, pg.code, plan.readBytes, read, pg);
    countShardWrites(engine, pg.code, plan.writeBytes, pg);
  }
  cost.networkBytes += context.readBytes;
  tracerOf(engine)?.wrote(engine, pg, context, { clone, head, bytes, plan, read, version: logKey(at) });
}

function countCopies({ cost }: EngineContext, copies: number, bytes: number): void {
  cost.diskWrites += copies;
  cost.writeBytes += bytes * copies;
  cost.networkBytes += bytes * copies;
  cost.replicaWrites += copies - 1;
}

/** What a change of content reads and writes in an erasure pool; null where only attributes change, in one that is not optimized. */
function planShardWrites(
  pg: PgView,
  code: StripeCode,
  context: OpContext,
  clone: Onode | null,
  head: Onode | null,
): WritePlan | null {
  if (code.optimized) return plannerOfShards().write(pg, context, clone, head);
  const { before, modifiedRanges } = context;
  if (head === null || head.info.whiteout || head.data === before?.data) return null;
  return planWrite(code, modifiedRanges, before?.data.length ?? 0, head.data.length);
}
