import { must } from '../../base/assert.ts';
import type { EngineContext } from '../../base/context.ts';
import { isWrite, type OsdOp, type OsdRequest } from '../../codec/osd-op.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { type HObject, hobjectKey } from '../../os/hobject.ts';
import { type CacheMode, cacheModeName, tiering } from '../../osdmap/cache-modes.ts';
import { findAtSnap } from '../find-object.ts';
import { objectIn, type PgView } from '../primary-log-pg.ts';
import { isFull } from './fullness.ts';
import { hasHitSets, recencyOf } from './hit-sets.ts';

/** What a cache lacks for a request: the head, a clone, or nothing. */
export type Lacking = 'head' | number | null;

/** What becomes of a request for what a cache lacks. */
export type Way =
  /** It goes on to the base pool; is the object promoted after that? */
  | { readonly way: 'proxy'; readonly promotes: boolean }
  | { readonly way: 'promote' }
  /** It waits for room. */
  | { readonly way: 'full' };

/** @ceph src/osd/PrimaryLogPG.cc find_object_context — exact for a cache, whose clones may be missing */
export function lackingFor(cache: PgView, hoid: HObject, request: OsdRequest): Lacking {
  const head = objectIn(cache, hobjectKey(hoid));
  if (head === undefined) return 'head';
  const snaps = request.ops.flatMap((op) => (op.op === 'rollback' ? [op.snap] : []));
  if (!request.ops.some(isWrite) && request.snap !== NOSNAP && request.ops[0]?.op !== 'list-snaps')
    snaps.push(request.snap);
  for (const snap of snaps) {
    const target = findAtSnap(must(head.snapSet, 'SnapSet of a head'), snap);
    if (typeof target !== 'number') continue;
    if (objectIn(cache, hobjectKey({ ...hoid, snap: target })) === undefined) return target;
  }
  return null;
}

/** @ceph src/osd/PrimaryLogPG.cc maybe_handle_cache_detail — exact but for promotions that are held back by their number */
export function wayFor(engine: EngineContext, cache: PgView, request: OsdRequest, wasHit: boolean, key: string): Way {
  const writes = request.ops.some(isWrite);
  const isForced = mustPromote(request, cacheModeName(tiering(cache.pool).cacheMode), writes, hasHitSets(cache));
  if (isForced) return isFull(cache) && !isReadOnly(cache) ? { way: 'full' } : { way: 'promote' };
  if (cacheModeName(tiering(cache.pool).cacheMode) !== 'writeback') return { way: 'proxy', promotes: false };
  if (isFull(cache)) return writes ? { way: 'full' } : { way: 'proxy', promotes: false };
  return { way: 'proxy', promotes: !isOnlyDelete(request) && isRecent(engine, cache, writes, wasHit, key) };
}

function isReadOnly({ pool }: PgView): boolean {
  return cacheModeName(tiering(pool).cacheMode) === 'readonly';
}

function mustPromote(request: OsdRequest, mode: CacheMode | 'unknown', writes: boolean, hasSets: boolean): boolean {
  if (mode === 'readonly') return !writes;
  if (request.ops.some(needsPromotion)) return true;
  if (mode === 'readproxy' || mode === 'readforward') return writes;
  return mode === 'writeback' && !hasSets && !isOnlyDelete(request);
}

/** Methods of the class that keeps locks, which only look. */
const LOOKS: readonly string[] = ['get_info', 'list_locks'];

/** Operations that are of no use on the base pool alone. @ceph src/osd/PrimaryLogPG.cc init_op_flags — set_promote */
function needsPromotion(op: OsdOp): boolean {
  if (op.op === 'call') return op.method.cls === 'lock' && !LOOKS.includes(op.method.name);
  return op.op === 'watch' || op.op === 'unwatch' || op.op === 'list-watchers';
}

/** A delete alone is for the base to answer. */
function isOnlyDelete({ ops }: OsdRequest): boolean {
  return ops.length === 1 && ops[0]?.op === 'delete';
}

/** @ceph src/osd/PrimaryLogPG.cc maybe_promote — exact */
function isRecent(engine: EngineContext, cache: PgView, writes: boolean, wasHit: boolean, key: string): boolean {
  const { minReadRecencyForPromote, minWriteRecencyForPromote } = tiering(cache.pool);
  const wanted = writes ? minWriteRecencyForPromote : minReadRecencyForPromote;
  if (wanted <= 1) return wanted === 0 || wasHit;
  return wasHit && recencyOf(engine.records, cache, key, wanted) >= wanted;
}
