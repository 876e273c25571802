import { CephError } from '../../base/errno.ts';
import { intersection, intervalSet, subtract, union } from '../../base/interval-set.ts';
import type { OsdOp, SnapListing, Watcher } from '../../codec/osd-op.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { type SnapSet, withDigest } from '../../os/onode.ts';
import { clientAddress } from '../../osdmap/blocklisted.ts';
import type { OpContext } from '../op-context.ts';
import type { FindAtSnap } from './op-plugins.ts';

type Op<Name extends OsdOp['op']> = Extract<OsdOp, { op: Name }>;

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_LIST_SNAPS — exact */
export function listSnaps(context: OpContext): SnapListing {
  const { state } = context;
  if (state === null) throw new CephError('ENOENT', context.hoid.oid);
  const snapSet = context.snapSet;
  const clones = snapSet.clones.map(({ id, snaps, size, overlap }) => ({
    id,
    snaps: snaps.toReversed(),
    size,
    overlap,
  }));
  if (context.exists) clones.push({ id: NOSNAP, snaps: [], size: state.data.length, overlap: [] });
  return { seq: snapSet.seq, clones };
}

/**
 * Brings the head back to what a snapshot holds: the clone's content where there is one, nothing where the
 * object did not exist then. Where the head itself still serves it, it is only written under the newest snapshots.
 * @ceph src/osd/PrimaryLogPG.cc _rollback_to — exact, without cache tiers
 */
export function rollback(context: OpContext, op: Op<'rollback'>, find: FindAtSnap): void {
  const source = find(context, op.snap);
  if (source === null || source.info.whiteout) {
    if (context.exists) context.removeHead();
    return;
  }
  if (source.hoid.snap === NOSNAP) {
    context.writable();
    return;
  }
  const sizeBefore = context.size;
  context.modifiedRanges = union(
    context.modifiedRanges,
    subtract(intervalSet(0, sizeBefore), sharedSince(context.snapSet, source.hoid.snap)),
  );
  const head = context.writable();
  const { data, xattrs, omap, omapHeader } = source;
  context.set({
    ...head,
    data,
    info: withDigest(head.info, source.info.dataDigest === true),
    xattrs,
    omap,
    omapHeader,
  });
}

/** The bytes that the head still shares with a clone, through all the clones between them. */
function sharedSince(snapSet: SnapSet, clone: number) {
  const overlaps = snapSet.clones.filter(({ id }) => id >= clone).map(({ overlap }) => overlap);
  return overlaps.reduce((shared, overlap) => intersection(shared, overlap));
}

export function watch(context: OpContext, op: Op<'watch'>): void {
  const { client } = context.request;
  if (!context.exists) throw new CephError('ENOENT', context.hoid.oid);
  const others = watchersOf(context).filter((watcher) => watcher.client !== client || watcher.cookie !== op.cookie);
  setWatchers(context, [...others, { client, cookie: op.cookie, address: clientAddress(client) }]);
}

export function unwatch(context: OpContext, op: Op<'unwatch'>): void {
  if (!context.exists) throw new CephError('ENOENT', context.hoid.oid);
  const { client } = context.request;
  setWatchers(
    context,
    watchersOf(context).filter((watcher) => watcher.client !== client || watcher.cookie !== op.cookie),
  );
}

export function listWatchers(context: OpContext): readonly Watcher[] {
  return context.target.info.watchers;
}

function watchersOf(context: OpContext): readonly Watcher[] {
  return context.state?.info.watchers ?? [];
}

function setWatchers(context: OpContext, watchers: readonly Watcher[]): void {
  const onode = context.writable();
  context.set({ ...onode, info: { ...onode.info, watchers } });
}
