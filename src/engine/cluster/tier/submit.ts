import { requestTime_us } from '../../base/request-time.ts';
import { type Task, waitUntil } from '../../base/task.ts';
import { isWrite, type OsdRequest } from '../../codec/osd-op.ts';
import { hobjectKey } from '../../os/hobject.ts';
import { missingTable } from '../../osd/missing.ts';
import { objectIn, type PgView } from '../../osd/primary-log-pg.ts';
import { type Lacking, lackingFor, type Way, wayFor } from '../../osd/tier/decide.ts';
import { isFull } from '../../osd/tier/fullness.ts';
import { hasHitSets, noteHit, recencyOf } from '../../osd/tier/hit-sets.ts';
import { promoteClone, promoteHead } from '../../osd/tier/promote.ts';
import { tiering } from '../../osdmap/cache-modes.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { requestedHead } from '../requested-head.ts';
import { startAgent } from './agent.ts';
import { cacheOpOf, runCacheOp } from './cache-op.ts';
import type { TierPort } from './hook.ts';
import { submitByManifest } from './manifest.ts';
import { serve } from './serve.ts';

/** A request on its way: the pool that serves it may change while it waits. */
export function* submitTiered(port: TierPort, request: OsdRequest): Task<readonly unknown[]> {
  // What a request brings into a hit set it brings once, however often it is looked at.
  const noted: { wasHit: boolean | null } = { wasHit: null };
  for (;;) {
    const target = targetOf(port, request);
    const sent = target.id === request.pool ? request : { ...request, pool: target.id };
    if (tiering(target).cacheMode === 0) return yield* submitByManifest(port, sent);
    const cacheOp = cacheOpOf(request);
    if (cacheOp !== undefined) return yield* runCacheOp(port, sent, cacheOp);
    const outputs = yield* serveInCache(port, sent, noted);
    if (outputs !== null) return outputs;
  }
}

/** Where a client sends a request: to the tier that stands before the pool. @ceph src/osdc/Objecter.cc _calc_target — exact */
function targetOf(port: TierPort, request: OsdRequest): PgPool {
  const pool = port.poolOf(request.pool);
  const { readTier, writeTier } = tiering(pool);
  if (cacheOpOf(request) !== undefined) return pool;
  const tier = request.ops.some(isWrite) ? writeTier : readTier;
  return tier < 0 ? pool : port.poolOf(tier);
}

/** Serves it as far as one step goes; null where it is to be looked at anew. */
function* serveInCache(
  port: TierPort,
  request: OsdRequest,
  noted: { wasHit: boolean | null },
): Task<readonly unknown[] | null> {
  const writes = request.ops.some(isWrite);
  const cache = yield* port.ready(request, writes);
  if (tiering(cache.pool).cacheMode === 0) return null;
  const { engine } = port;
  const hoid = requestedHead(request);
  const lacking = lackingFor(cache, hoid, request);
  const key = hobjectKey(lacking === null || lacking === 'head' ? hoid : { ...hoid, snap: lacking });
  noted.wasHit ??= noteRequest(port, cache, key);
  if (lacking === null) return yield* timed(port, () => port.serveAt(cache, request));
  const way: Way =
    lacking !== 'head' && writes ? { way: 'promote' } : wayFor(engine, cache, request, noted.wasHit, key);
  if (way.way === 'full') {
    startAgent(port.pgs, cache.pool.id);
    yield* waitUntil(`the cache of PG ${cache.pgid} is full`, () => !isStillFull(port, cache));
    return null;
  }
  return yield* throughBase(port, request, cache, lacking, way);
}

function isStillFull(port: TierPort, cache: PgView): boolean {
  const now = port.pgs.view(cache.pool.id, cache.seed);
  return now !== null && now.acting.length > 0 && isFull(now);
}

/** True where the object was used in the period that lasts; from now on it was. */
function noteRequest({ engine }: TierPort, cache: PgView, key: string): boolean {
  if (!hasHitSets(cache)) return false;
  const wasHit = recencyOf(engine.records, cache, key, 1) > 0;
  if (!engine.isRecall()) noteHit(engine.records, cache, key, engine.now_us());
  return wasHit;
}

/** What needs the base pool: in one step, once both PGs are ready, so that no other request comes between. */
function* throughBase(
  port: TierPort,
  request: OsdRequest,
  cache: PgView,
  lacking: Exclude<Lacking, null>,
  way: Exclude<Way, { way: 'full' }>,
): Task<readonly unknown[] | null> {
  const below = { ...request, pool: tiering(cache.pool).tierOf };
  const promotes = way.way === 'promote';
  if (promotes && (yield* port.ready(request, true)) !== cache) return null;
  const base = yield* port.ready(below, !promotes && request.ops.some(isWrite));
  // While that waited anything may have become of the object in the cache.
  if (port.pgs.view(cache.pool.id, cache.seed) !== cache) return null;
  if (lackingFor(cache, requestedHead(request), request) !== lacking) return null;
  if (promotes) return yield* timed(port, () => promoteAndServe(port, request, cache, base, lacking));
  return yield* timed(port, () => {
    const outputs = serve(port, base, below);
    if (way.promotes && isWhole(port, cache)) promote(port, request, cache, base, lacking);
    return outputs;
  });
}

/** True where all OSDs of a PG have all that they should, and answer. */
function isWhole({ engine }: TierPort, { pgid, silent }: PgView): boolean {
  return silent.length === 0 && missingTable(engine.records, pgid).size === 0;
}

/** Brings the head or the clone into the cache; false where the base has no such clone. */
function promote(
  { engine, pgs }: TierPort,
  request: OsdRequest,
  cache: PgView,
  base: PgView,
  lacking: Exclude<Lacking, null>,
): boolean {
  const hoid = requestedHead(request);
  startAgent(pgs, cache.pool.id);
  if (lacking === 'head') {
    promoteHead(engine, cache, base, hoid);
    return true;
  }
  const head = objectIn(cache, hobjectKey(hoid));
  return head !== undefined && promoteClone(engine, cache, base, head, lacking);
}

/** Promotes what a request needs, and serves it before the agent may take that away again. */
function promoteAndServe(
  port: TierPort,
  request: OsdRequest,
  cache: PgView,
  base: PgView,
  lacking: Exclude<Lacking, null>,
): readonly unknown[] {
  let next: Lacking = lacking;
  while (next !== null && promote(port, request, cache, base, next))
    next = lackingFor(cache, requestedHead(request), request);
  return port.serveAt(cache, request);
}

function* timed<T>({ engine: { cost } }: TierPort, run: () => T): Task<T> {
  const { readBytes, writeBytes } = cost;
  const value = run();
  yield requestTime_us(cost.readBytes - readBytes, cost.writeBytes - writeBytes);
  return value;
}
