import { type IntervalSet, intervalSet, subtract } from '../base/interval-set.ts';
import type { SnapContext } from '../codec/snap.ts';
import type { EVersion, Onode, SnapSet } from '../os/onode.ts';
import type { OpContext } from './op-context.ts';

/** What a write makes of an object's clones: the clone to store, if one is due, and the head's new SnapSet. */
export interface Writeable {
  readonly clone: Onode | null;
  readonly snapSet: SnapSet;
}

/**
 * [SN4] The head is cloned before the first write after a snapshot: where it exists and the client's newest
 * snapshot is newer than the SnapSet. [SN5] The clone takes the id of the context's seq and serves every snapshot
 * newer than the old SnapSet. [SN6] What the write changed leaves the overlap of the newest clone.
 * @ceph src/osd/PrimaryLogPG.cc make_writeable — exact, without cache tiers and manifests
 */
export function makeWriteable(context: OpContext, nextVersion: () => EVersion): Writeable {
  const { before, snapSet: old, modifiedRanges } = context;
  const snapc = newerContext(context.snapc, old);
  const seq = Math.max(snapc.seq, old.seq);
  if (before === null || before.info.whiteout || (snapc.snaps[0] ?? 0) <= old.seq)
    return { clone: null, snapSet: withClones(old, seq, overwritten(old.clones, modifiedRanges)) };
  const size = before.data.length;
  // The newest first.
  const known = snapc.snaps.findIndex((snap) => snap <= old.seq);
  const snaps = known < 0 ? snapc.snaps : snapc.snaps.slice(0, known);
  const made = { id: snapc.seq, size, overlap: subtract(intervalSet(0, size), modifiedRanges), snaps };
  return { clone: cloneOf(before, snapc.seq, nextVersion()), snapSet: { seq, clones: [...old.clones, made] } };
}

function withClones(old: SnapSet, seq: number, clones: SnapSet['clones']): SnapSet {
  return seq === old.seq && clones === old.clones ? old : { seq, clones };
}

/** Clones, of which the newest shares no more with the head what was written. */
function overwritten(clones: SnapSet['clones'], ranges: IntervalSet): SnapSet['clones'] {
  const newest = clones.at(-1);
  if (newest === undefined || newest.overlap.length === 0 || ranges.length === 0) return clones;
  return clones.with(-1, { ...newest, overlap: subtract(newest.overlap, ranges) });
}

/** A client that has not heard of the newest snapshot yet does not undo what the object knows already. */
function newerContext(snapc: SnapContext, snapSet: SnapSet): SnapContext {
  return snapSet.seq > snapc.seq ? { seq: snapSet.seq, snaps: snapc.snaps } : snapc;
}

function cloneOf(head: Onode, snap: number, version: EVersion): Onode {
  const info = { ...head.info, version, priorVersion: head.info.version, watchers: [] };
  return { ...head, hoid: { ...head.hoid, snap }, snapSet: null, info };
}
