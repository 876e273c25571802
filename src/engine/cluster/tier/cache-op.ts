import { CephError } from '../../base/errno.ts';
import { requestTime_us } from '../../base/request-time.ts';
import type { Task } from '../../base/task.ts';
import type { OsdRequest } from '../../codec/osd-op.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { hobjectKey } from '../../os/hobject.ts';
import type { Onode } from '../../os/onode.ts';
import { findAtSnap } from '../../osd/find-object.ts';
import { objectIn, type PgView } from '../../osd/primary-log-pg.ts';
import { evictObject } from '../../osd/tier/evict.ts';
import { flushObject } from '../../osd/tier/flush.ts';
import { tiering } from '../../osdmap/cache-modes.ts';
import { requestedHead } from '../requested-head.ts';
import type { TierPort } from './hook.ts';

type CacheOp = 'cache-flush' | 'cache-try-flush' | 'cache-evict';

/** What a request asks of a cache itself; undefined of all others. */
export function cacheOpOf({ ops }: OsdRequest): CacheOp | undefined {
  const name = ops[0]?.op;
  return name === 'cache-flush' || name === 'cache-try-flush' || name === 'cache-evict' ? name : undefined;
}

/** Flushes or drops one object of a cache. @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_CACHE_FLUSH, CACHE_TRY_FLUSH, CACHE_EVICT — exact */
export function* runCacheOp(port: TierPort, request: OsdRequest, op: CacheOp): Task<readonly unknown[]> {
  const { cost } = port.engine;
  for (;;) {
    const cache = yield* port.ready(request, true);
    const { tierOf } = tiering(cache.pool);
    if (tierOf < 0) throw new CephError('EINVAL', `${cache.pool.name} is no tier`);
    const base = op === 'cache-evict' ? null : yield* port.ready({ ...request, pool: tierOf }, true);
    if (port.pgs.view(cache.pool.id, cache.seed) !== cache) continue;
    const { readBytes, writeBytes } = cost;
    const onode = objectOf(cache, request);
    if (base === null) evictObject(port.engine, cache, onode);
    else flushObject(port.engine, cache, base, onode);
    yield requestTime_us(cost.readBytes - readBytes, cost.writeBytes - writeBytes);
    return [undefined];
  }
}

/** The head, or the clone that serves the snapshot that is named; ENOENT where the cache does not hold it. */
function objectOf(cache: PgView, request: OsdRequest): Onode {
  const hoid = requestedHead(request);
  const head = objectIn(cache, hobjectKey(hoid));
  const target =
    head === undefined || head.snapSet === null || request.snap === NOSNAP
      ? 'head'
      : findAtSnap(head.snapSet, request.snap);
  const onode =
    target === 'head' ? head : target === 'none' ? undefined : objectIn(cache, hobjectKey({ ...hoid, snap: target }));
  if (onode === undefined) throw new CephError('ENOENT', hoid.oid);
  return onode;
}
