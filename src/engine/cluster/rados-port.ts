import { must } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import { CephError } from '../base/errno.ts';
import { parallel } from '../base/parallel.ts';
import { OP_US, requestTime_us } from '../base/request-time.ts';
import type { Task } from '../base/task.ts';
import { waitUntil } from '../base/task.ts';
import { randomUuid } from '../cls/random-uuid.ts';
import { isWrite, type OsdRequest } from '../codec/osd-op.ts';
import { NOSNAP, type SnapContext } from '../codec/snap.ts';
import { pauseReason, untilUnpaused } from '../librados/paused.ts';
import type { Completion, ListedObject, RadosPort } from '../librados/rados.ts';
import { clientCalls } from '../mon/client-calls.ts';
import { configValue } from '../mon/config/value.ts';
import type { Monitor } from '../mon/monitor.ts';
import { type HObject, hashPrefix } from '../os/hobject.ts';
import type { Onode } from '../os/onode.ts';
import { isReadable } from '../osd/erasure/recoverable.ts';
import { missingTable } from '../osd/missing.ts';
import { tracerOf } from '../osd/op-tracer.ts';
import type { PgRecord } from '../osd/pg.ts';
import { type PgView, serveRequest } from '../osd/primary-log-pg.ts';
import { mayBeDamaged } from '../osd/scrub/damage-hook.ts';
import { manifestPools } from '../osd/tier/manifests.ts';
import { isBlocklisted } from '../osdmap/blocklisted.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { mergeRole } from '../osdmap/pg-merge.ts';
import { objectHash, pgSeedOfHash } from '../osdmap/placement.ts';
import { opWatchOf, type WatchedOp } from './op-watch/hook.ts';
import { laggySince_us } from './osd-reach.ts';
import { pgPlugins } from './pgs/pg-plugins.ts';
import type { PlacementGroups } from './pgs/placement-groups.ts';
import { dropsBadCopy } from './scrub/hook.ts';
import { isTiered, type TierPort, tierWork } from './tier/hook.ts';

/** Virtual time until the monitor has agreed on a new map and the client has it. */
const MON_US = 40_000;

export interface RadosPortParts {
  readonly engine: EngineContext;
  readonly monitor: Monitor;
  readonly pgs: PlacementGroups;
  readonly clientId: number;
  newImageId(client: number): string;
  newOldPrefix(client: number): string;
  clientDied(client: number): void;
}

/**
 * How clients reach the OSDs and the monitor.
 * @ceph src/osdc/Objecter.cc _calc_target, _op_submit — one map for all, so no resends
 */
export function radosPort({
  engine,
  monitor,
  pgs,
  clientId,
  newImageId,
  newOldPrefix,
  clientDied,
}: RadosPortParts): RadosPort {
  const manifests = manifestPools(engine.records);

  function poolOf(id: number): PgPool {
    const pool = monitor.map().pools.get(id);
    if (pool === undefined) throw new CephError('ENOENT', `pool ${id}`);
    return pool;
  }

  /**
   * The PG once it is active, and the OSDs answer that the request needs: until the map has them down it waits. Which PG it is
   * may change meanwhile: it is split or merged. [PG4]
   */
  function* activePg(
    pool: number,
    seedIn: (pool: PgPool) => number,
    writes: boolean,
    op: WatchedOp | null = null,
  ): Task<PgView> {
    for (;;) {
      const { pgNum } = poolOf(pool);
      const seed = seedIn(poolOf(pool));
      const view = pgs.view(pool, seed);
      const isChanged = () => monitor.map().pools.get(pool)?.pgNum !== pgNum;
      const silent = view === null ? undefined : silentFor(engine, view, writes);
      if (view?.phase === 'active' && silent === undefined) return view;
      tellWait(op, pgs, view, pool, seed);
      if (view?.phase === 'active') {
        const isOther = () => pgs.view(pool, seed) !== view || isChanged();
        yield* waitUntil(`osd.${silent} of PG ${view.pgid} does not answer, and is not yet missed`, isOther);
        continue;
      }
      const isReady = () => pgs.view(pool, seed)?.phase === 'active' || isChanged();
      yield* waitUntil(whyInactive(pgs, pool, seed), isReady);
    }
  }

  /** The PG of an object, where it can be served at once: as nearly always. */
  function pgNow(pool: PgPool, hash: number, writes: boolean): PgView | null {
    const view = pgs.view(pool.id, pgSeedOfHash(pool, hash));
    if (view?.phase !== 'active' || silentFor(engine, view, writes) !== undefined) return null;
    return missingTable(engine.records, view.pgid).size === 0 ? view : null;
  }

  /** The PG once it has the object of a request as far as it needs it: to write on all of its OSDs, to read on the primary. */
  function* readyPg(pool: number, hash: number, writes: boolean, op: WatchedOp | null): Task<PgView> {
    for (;;) {
      const pg = yield* activePg(pool, (now) => pgSeedOfHash(now, hash), writes, op);
      const { seed } = pg;
      const table = missingTable(engine.records, pg.pgid);
      if (table.size === 0) return pg;
      const prefix = hashPrefix(hash);
      const isOf = (key: string) => key.startsWith(prefix);
      const lacking = () =>
        isLacking(pg, new Set([...table.values()].filter(({ key }) => isOf(key)).map(({ id }) => id)), writes);
      if (!lacking()) return pg;
      op?.waitsOn(pg.acting[0]?.osd ?? -1, pg.pgid, 'waiting for degraded object', 'delayed');
      yield* must(pgPlugins(), 'what recovers objects').recoverKeys(pgs, pool, seed, isOf);
      const moved = () => pgs.view(pool, seed)?.since !== pg.since;
      if (lacking()) op?.isHeld();
      yield* waitUntil(`an object of PG ${pg.pgid} is unfound: no OSD that is up has it`, () => !lacking() || moved());
    }
  }

  /** Asked before each request: does more than the pool itself have to do with it? */
  function goesThroughTier({ extra, id }: PgPool): boolean {
    return (extra !== undefined && isTiered(extra)) || (manifests.size > 0 && manifests.has(String(id)));
  }

  /** A request on its way to the OSDs. */
  function sent(request: OsdRequest): SentRequest {
    const hoid = hoidOf(request);
    const op = engine.isRecall() ? null : (opWatchOf(engine.records, engine.now_us)?.begin(request, hoid) ?? null);
    return { request, hoid, writes: request.ops.some(isWrite), op };
  }

  /** The PG that serves a request, once it can. */
  function* ready({ request, hoid, writes, op }: SentRequest): Task<PgView> {
    const pool = poolOf(request.pool);
    let pg = pgNow(pool, hoid.hash, writes) ?? (yield* readyPg(pool.id, hoid.hash, writes, op));
    while (mayBeDamaged(engine.records, pool.id) && dropsBadCopy(pgs, pg, hoid, request))
      pg = yield* readyPg(pool.id, hoid.hash, writes, op);
    if (monitor.map().extra !== undefined) yield* must(pgPlugins(), 'what refuses').refuseBlocklisted(pgs, request);
    return pg;
  }

  function served(pg: PgView, { request, hoid, op }: SentRequest): readonly unknown[] {
    op?.served(pg);
    return serveRequest(engine, pg, hoid, withPoolSnaps(pg.pool, request));
  }

  function* submit(request: OsdRequest): Task<readonly unknown[]> {
    if (pauseReason(monitor.map(), request) !== undefined) yield* untilUnpaused(() => monitor.map(), request);
    const pool = poolOf(request.pool);
    const way = sent(request);
    try {
      if (goesThroughTier(pool)) return yield* tierWork().submit(tierPort(way.op), request);
      const pg = atOnce(way) ?? (yield* ready(way));
      const { readBytes, writeBytes } = engine.cost;
      const outputs = served(pg, way);
      yield requestTime_us(engine.cost.readBytes - readBytes, engine.cost.writeBytes - writeBytes);
      return outputs;
    } finally {
      way.op?.end();
    }
  }

  /** What a request to a pool with tiers, or to a tier, goes by. */
  function tierPort(op: WatchedOp | null): TierPort {
    return {
      ...{ engine, pgs, poolOf, submit },
      ready: (request, writes) => ready({ request, hoid: hoidOf(request), writes, op }),
      serveAt: (pg, request) => serveRequest(engine, pg, hoidOf(request), withPoolSnaps(pg.pool, request)),
    };
  }

  /** The PG that serves a request, where nothing has to be waited for or refused: as nearly always. */
  function atOnce({ request, hoid, writes }: SentRequest): PgView | null {
    const pool = monitor.map().pools.get(request.pool);
    if (pool === undefined || goesThroughTier(pool) || mayBeDamaged(engine.records, pool.id)) return null;
    return isBlocklisted(monitor.map(), request.client) ? null : pgNow(pool, hoid.hash, writes);
  }

  /** Those that wait for something go their way after the others; when all are seen, each goes for itself. */
  function* submitAll(requests: readonly OsdRequest[]): Task<readonly Completion[]> {
    if (requests.length === 0) return [];
    const { readBytes, writeBytes } = engine.cost;
    const ways: SentRequest[] = [];
    const completions: (Completion | null)[] = [];
    try {
      for (const request of requests) {
        const way = sent(request);
        ways.push(way);
        const pg = pauseReason(monitor.map(), request) === undefined ? atOnce(way) : null;
        completions.push(pg === null ? null : completed(() => served(pg, way)));
        if (engine.isTraced()) yield 0;
      }
      yield requestTime_us(engine.cost.readBytes - readBytes, engine.cost.writeBytes - writeBytes);
    } finally {
      for (const { op } of ways) op?.end();
    }
    const late = requests.filter((_, at) => completions[at] === null);
    const others = (yield* parallel(late.map((request) => completion(submit(request))))).values();
    return completions.map((each) => each ?? must(others.next().value, 'a completion'));
  }

  function* listPg(pool: number, seed: number, nspace: string | null): Task<readonly ListedObject[]> {
    const pg = yield* activePg(pool, () => seed, false);
    const onodes = onodesOf(pg, missingTable(engine.records, pg.pgid).size > 0);
    const listed: ListedObject[] = [];
    for (const key of [...onodes.keys()].sort()) {
      const hoid = onodes.get(key)?.hoid;
      if (hoid === undefined || hoid.snap !== NOSNAP || (nspace !== null && hoid.nspace !== nspace)) continue;
      listed.push({ nspace: hoid.nspace, oid: hoid.oid, locator: hoid.locator });
    }
    engine.cost.clientOps++;
    tracerOf(engine)?.listed(engine, pg, clientId);
    yield OP_US;
    return listed;
  }

  return {
    osdMap: () => monitor.map(),
    now_us: engine.now_us,
    submit,
    submitAll,
    listPg,
    cost: engine.cost,
    emit: engine.emit,
    isTraced: engine.isTraced,
    newImageId,
    random_u32: (stream) => engine.rng.uint32(stream),
    newUuid: () => randomUuid({ random_u32: () => engine.rng.uint32('uuid') }),
    newOldPrefix,
    configOf: (name) => configValue(engine.records, CLIENT, name),
    era: engine.era,
    *createSnap(pool) {
      const snap = clientCalls().createSnap(monitor, pool);
      yield MON_US;
      return snap;
    },
    *removeSnaps(pool, snaps) {
      clientCalls().removeSnaps(monitor, pool, snaps);
      yield MON_US;
    },
    *enableApplication(pool, application) {
      clientCalls().enableApplication(monitor, poolOf(pool).name, application);
      yield MON_US;
    },
    *blockClient(client, expire_s) {
      clientCalls().blockClient(monitor, client, expire_s);
      yield MON_US;
    },
    clientDied,
  };
}

interface SentRequest {
  readonly request: OsdRequest;
  readonly hoid: HObject;
  readonly writes: boolean;
  /** Null where nobody watches. */
  readonly op: WatchedOp | null;
}

function completed(serve: () => readonly unknown[]): Completion {
  try {
    return { error: null, outputs: serve() };
  } catch (error) {
    return failed(error);
  }
}

function* completion(task: Task<readonly unknown[]>): Task<Completion> {
  try {
    return { error: null, outputs: yield* task };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Completion {
  if (error instanceof CephError) return { error, outputs: null };
  throw error;
}

/** Who every client is. */
const CLIENT = 'client.admin';

/** The primary's objects, and while it lacks some also those that others have. */
function onodesOf({ acting, pool, seed }: PgView, isMissingSome: boolean): ReadonlyMap<string, Onode> {
  const stores = isMissingSome ? acting : acting.slice(0, 1);
  const entries = stores.flatMap((store) => [...store.collection(pool.id, seed).entries()]);
  return new Map(entries.filter(([, onode]) => onode.damage?.lost !== true));
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

/** An OSD that a request would wait for in vain: a write needs all that act, a read the primary and what it asks for shards. */
function silentFor(engine: EngineContext, { silent, acting, code }: PgView, writes: boolean): number | undefined {
  if (silent.length === 0 || writes || code !== null) return silent[0];
  if (laggySince_us(engine.records, silent, engine.now_us()) !== undefined) return silent[0];
  return silent.find((osd) => osd === acting[0]?.osd);
}

/** The head that a request names. */
function hoidOf({ nspace, oid, locator }: OsdRequest): HObject {
  return { nspace, oid, locator, hash: objectHash(nspace, locator || oid), snap: NOSNAP };
}

/** In a pool with pool snapshots a client that brings no context of its own writes with the pool's. */
function withPoolSnaps(pool: PgPool, request: OsdRequest): OsdRequest {
  if (pool.snapMode !== 'pool' || request.snapc.seq !== 0) return request;
  const snapc: SnapContext = { seq: pool.snapSeq, snaps: pool.snaps.map(({ id }) => id).sort((a, b) => b - a) };
  return { ...request, snapc };
}

/**
 * Where a request waits: OSDs keep it while they peer, or have not heard of all; a PG that cannot peer sends it back.
 * @ceph src/osd/PrimaryLogPG.cc do_request, maybe_add_backoff — exact
 */
function tellWait(op: WatchedOp | null, pgs: PlacementGroups, view: PgView | null, pool: number, seed: number): void {
  if (op === null) return;
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
function whyInactive(pgs: PlacementGroups, pool: number, seed: number): string {
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
