import { intersection, intervalSet, subtract } from '../base/interval-set.ts';
import type { SnapContext } from '../codec/snap.ts';
import type { Onode, SnapSet } from '../os/onode.ts';
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
export function makeWriteable(context: OpContext): Writeable {
  const before = context.before;
  const old = context.snapSet;
  const snapc = newerContext(context.snapc, old);
  const seq = Math.max(snapc.seq, old.seq);
  const due = before !== null && !before.info.whiteout && (snapc.snaps[0] ?? 0) > old.seq;
  if (!due && old.clones.length === 0)
    return { clone: null, snapSet: seq === old.seq ? old : { seq, clones: NO_CLONES } };
  const clones = [...old.clones];
  if (due) {
    const size = before.data.length;
    const snaps = snapc.snaps.filter((snap) => snap > old.seq);
    clones.push({ id: snapc.seq, size, overlap: intervalSet(0, size), snaps });
  }
  const newest = clones.at(-1);
  if (newest !== undefined) {
    const changed = intersection(context.modifiedRanges, newest.overlap);
    clones[clones.length - 1] = { ...newest, overlap: subtract(newest.overlap, changed) };
  }
  const clone = due ? cloneOf(before, snapc.seq) : null;
  return { clone, snapSet: { seq, clones } };
}

const NO_CLONES: SnapSet['clones'] = [];

/** A client that has not heard of the newest snapshot yet does not undo what the object knows already. */
function newerContext(snapc: SnapContext, snapSet: SnapSet): SnapContext {
  return snapSet.seq > snapc.seq ? { seq: snapSet.seq, snaps: snapc.snaps } : snapc;
}

function cloneOf(head: Onode, snap: number): Onode {
  return { ...head, hoid: { ...head.hoid, snap }, snapSet: null, info: { ...head.info, watchers: [] } };
}
