import type { SnapSet } from '../os/onode.ts';

/** Which of an object's versions answers for a snapshot: the head, the clone of that id, or none of them. */
export type SnapTarget = 'head' | 'none' | number;

/**
 * [SN1] A snapshot newer than the SnapSet is the head's. [SN2] Otherwise the oldest clone that is not older than
 * the snapshot answers, if it serves it. [SN3] Else the object was not there then.
 * @ceph src/osd/PrimaryLogPG.cc find_object_context — exact, without cache tiers
 */
export function findAtSnap(snapSet: SnapSet, snap: number): SnapTarget {
  if (snap > snapSet.seq) return 'head';
  const clone = snapSet.clones.find(({ id }) => id >= snap);
  if (clone === undefined) return 'none';
  const oldest = clone.snaps.at(-1);
  return oldest !== undefined && oldest <= snap ? clone.id : 'none';
}
