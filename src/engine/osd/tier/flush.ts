import type { EngineContext } from '../../base/context.ts';
import { CephError } from '../../base/errno.ts';
import type { OsdOp, OsdRequest } from '../../codec/osd-op.ts';
import { NOSNAP, type SnapContext } from '../../codec/snap.ts';
import { type HObject, hobjectKey } from '../../os/hobject.ts';
import { NO_SNAPSET, type Onode, type SnapSet } from '../../os/onode.ts';
import { objectIn, type PgView, serveRequest } from '../primary-log-pg.ts';
import { cleaned, isDirty } from './clean.ts';
import { nextVersion, putObject } from './store-change.ts';

/**
 * Brings an object of a cache, a head or a clone, to the base pool as it is; it is clean then. Nothing is done about one
 * that is clean. EBUSY while an older clone is not: they go in order.
 * @ceph src/osd/PrimaryLogPG.cc start_flush, try_flush_mark_clean — exact, in one step
 */
export function flushObject(engine: EngineContext, cache: PgView, base: PgView, onode: Onode): void {
  if (!isDirty(onode)) return;
  const head = objectIn(cache, hobjectKey({ ...onode.hoid, snap: NOSNAP }));
  const snapSet = head?.snapSet ?? NO_SNAPSET;
  if (hasDirtyBefore(cache, onode.hoid, snapSet)) throw new CephError('EBUSY', 'an older clone is dirty');
  const { before, at } = flushContexts(snapSet, onode.hoid.snap);
  const send = (op: OsdOp, snapc: SnapContext) => sendToBase(engine, base, onode, op, snapc);
  const known = objectIn(base, hobjectKey({ ...onode.hoid, snap: NOSNAP }))?.snapSet?.seq ?? 0;
  // Between the clone before and this one the object was not there.
  if (before.seq < at.seq && before.seq >= known) unlessAbsent(() => send({ op: 'delete' }, before));
  if (onode.info.whiteout) unlessAbsent(() => send({ op: 'delete' }, at));
  else send({ op: 'copy-from', source: { ...onode, dataDigest: onode.info.dataDigest === true } }, at);
  markClean(engine, cache, onode);
}

function markClean(engine: EngineContext, cache: PgView, onode: Onode): void {
  const version = nextVersion(engine, cache);
  const info = { ...cleaned(onode.info), version, priorVersion: onode.info.version };
  putObject(engine, cache, 'clean', { ...onode, info }, onode);
}

function hasDirtyBefore(cache: PgView, hoid: HObject, { clones }: SnapSet): boolean {
  const older = clones.filter(({ id }) => id < hoid.snap).at(-1);
  const onode = older === undefined ? undefined : objectIn(cache, hobjectKey({ ...hoid, snap: older.id }));
  return onode !== undefined && isDirty(onode);
}

/** In which snapshots' name a version of an object is written to the base, and in whose what was before it ends. */
export function flushContexts(
  snapSet: SnapSet,
  snap: number,
): { readonly before: SnapContext; readonly at: SnapContext } {
  const clone = snapSet.clones.find(({ id }) => id === snap);
  const oldest = clone?.snaps.at(-1);
  const older = snapSet.clones.filter(({ id }) => id < snap).at(-1);
  return {
    before: asOf(snapSet, older?.id ?? 0),
    at: asOf(snapSet, snap === NOSNAP ? snapSet.seq : (oldest ?? snap) - 1),
  };
}

/** @ceph src/osd/osd_types.cc SnapSet::get_ssc_as_of — exact */
function asOf({ clones }: SnapSet, seq: number): SnapContext {
  const snaps = clones.toReversed().flatMap((clone) => clone.snaps.filter((snap) => snap <= seq));
  return { seq, snaps };
}

function unlessAbsent(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof CephError) || !error.is('ENOENT')) throw error;
  }
}

function sendToBase(engine: EngineContext, base: PgView, onode: Onode, op: OsdOp, snapc: SnapContext): void {
  const hoid = { ...onode.hoid, snap: NOSNAP };
  const { nspace, oid, locator } = hoid;
  const request: OsdRequest = {
    ...{ pool: base.pool.id, nspace, oid, locator, ops: [op], snapc, snap: NOSNAP },
    ...{ client: onode.info.lastClient, mtime_us: onode.info.mtime_us, fullTry: true },
  };
  serveRequest(engine, base, hoid, request);
}
