import { must } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import { CephError } from '../base/errno.ts';
import { requestTime_us } from '../base/request-time.ts';
import type { Task } from '../base/task.ts';
import { waitUntil } from '../base/task.ts';
import { randomUuid } from '../cls/random-uuid.ts';
import { isWrite, type OsdRequest } from '../codec/osd-op.ts';
import type { SnapContext } from '../codec/snap.ts';
import { pauseReason, untilUnpaused } from '../librados/paused.ts';
import type { RadosPort } from '../librados/rados.ts';
import { clientCalls } from '../mon/client-calls.ts';
import { configValue } from '../mon/config/value.ts';
import type { Monitor } from '../mon/monitor.ts';
import { missingTable } from '../osd/missing.ts';
import { type PgView, serveRequest } from '../osd/primary-log-pg.ts';
import { mayBeDamaged } from '../osd/scrub/damage-hook.ts';
import { manifestPools } from '../osd/tier/manifests.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { pgSeedOfHash } from '../osdmap/placement.ts';
import { opWatchOf, type WatchedOp } from './op-watch/hook.ts';
import { laggySince_us } from './osd-reach.ts';
import { pgPlugins } from './pgs/pg-plugins.ts';
import type { PlacementGroups } from './pgs/placement-groups.ts';
import { requestedHead } from './requested-head.ts';
import { dropsBadCopy } from './scrub/hook.ts';
import type { SentRequest } from './submit-all.ts';
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
      if (op !== null) pgPlugins()?.tellWait(op, pgs, view, pool, seed);
      if (view?.phase === 'active') {
        const isOther = () => pgs.view(pool, seed) !== view || isChanged();
        yield* waitUntil(`osd.${silent} of PG ${view.pgid} does not answer, and is not yet missed`, isOther);
        continue;
      }
      const isReady = () => pgs.view(pool, seed)?.phase === 'active' || isChanged();
      yield* waitUntil(pgPlugins()?.whyInactive(pgs, pool, seed) ?? 'PGs are peering', isReady);
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
      if (missingTable(engine.records, pg.pgid).size === 0) return pg;
      if (yield* must(pgPlugins(), 'what recovers objects').hasObject(pgs, pg, { hash, writes, op })) return pg;
    }
  }

  /** Asked before each request: does more than the pool itself have to do with it? */
  function goesThroughTier({ extra, id }: PgPool): boolean {
    return (extra !== undefined && isTiered(extra)) || (manifests.size > 0 && manifests.has(String(id)));
  }

  /** A request on its way to the OSDs. */
  function sent(request: OsdRequest): SentRequest {
    const hoid = requestedHead(request);
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
      const pg = pgAtOnce(pool, way) ?? (yield* ready(way));
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
      ready: (request, writes) => ready({ request, hoid: requestedHead(request), writes, op }),
      serveAt: (pg, request) => serveRequest(engine, pg, requestedHead(request), withPoolSnaps(pg.pool, request)),
    };
  }

  /** The PG that serves a request, where nothing has to be waited for or refused: as nearly always. */
  function atOnce(way: SentRequest): PgView | null {
    const pool = monitor.map().pools.get(way.request.pool);
    if (pool === undefined || goesThroughTier(pool)) return null;
    return pauseReason(monitor.map(), way.request) === undefined ? pgAtOnce(pool, way) : null;
  }

  /** The same for a request that is not held back, in a pool that has nothing to do with tiers. */
  function pgAtOnce(pool: PgPool, { hoid, writes }: SentRequest): PgView | null {
    if (mayBeDamaged(engine.records, pool.id) || shutsOutSome(monitor.map())) return null;
    return pgNow(pool, hoid.hash, writes);
  }

  return {
    osdMap: () => monitor.map(),
    now_us: engine.now_us,
    submit,
    submitAll: (requests, onServed) =>
      must(pgPlugins(), 'what sends many').submitAll({ engine, sent, atOnce, served, submit }, requests, onServed),
    listPg: (pool, seed, nspace) =>
      must(pgPlugins(), 'what lists PGs').listPg({ engine, clientId, activePg }, pool, seed, nspace),
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

/** Who every client is. */
const CLIENT = 'client.admin';

/** An OSD that a request would wait for in vain: a write needs all that act, a read the primary and what it asks for shards. */
function silentFor(engine: EngineContext, { silent, acting, code }: PgView, writes: boolean): number | undefined {
  if (silent.length === 0 || writes || code !== null) return silent[0];
  if (laggySince_us(engine.records, silent, engine.now_us()) !== undefined) return silent[0];
  return silent.find((osd) => osd === acting[0]?.osd);
}

/** In a pool with pool snapshots a client that brings no context of its own writes with the pool's. */
function withPoolSnaps(pool: PgPool, request: OsdRequest): OsdRequest {
  if (pool.snapMode !== 'pool' || request.snapc.seq !== 0) return request;
  const snapc: SnapContext = { seq: pool.snapSeq, snaps: pool.snaps.map(({ id }) => id).sort((a, b) => b - a) };
  return { ...request, snapc };
}

function shutsOutSome({ extra }: OsdMap): boolean {
  return extra !== undefined && extra.blocklist.length + extra.rangeBlocklist.length > 0;
}
