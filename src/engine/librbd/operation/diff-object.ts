import { type IntervalSet, intersection, intervalSet, NO_INTERVALS, subtract, union } from '../../base/interval-set.ts';
import type { SnapListing } from '../../codec/osd-op.ts';
import { NOSNAP } from '../../codec/snap.ts';

interface ObjectDelta {
  readonly off: number;
  readonly len: number;
  readonly exists: boolean;
}

/**
 * What of an object changed from one snapshot to another, told from its clones and their overlaps (null where it
 * is not there): object extents in order. Null where it tells nothing (the object is not there, or did not change): then the parent's may show.
 *
 * @ceph src/librbd/io/ObjectRequest.cc ObjectListSnapsRequest — exact for two snapshots
 */
export function diffObject(
  listing: SnapListing | null,
  objectSize: number,
  from: number,
  to: number,
  wholeObject: boolean,
): ObjectDelta[] | null {
  if (listing === null) return null;
  const start = from === 0 ? null : snapSetDiff(listing, 0, from);
  const startSize = start?.exists ? start.endSize : 0;
  const step = snapSetDiff(listing, from, to);
  const widened = wholeObject && step.diff.length > 0;
  const diff = widened ? intervalSet(0, objectSize) : step.diff;
  const endSize = widened ? objectSize : step.exists ? step.endSize : 0;
  const cut = intervalSet(endSize, Math.max(0, startSize - endSize));
  const data = step.exists ? intersection(diff, intervalSet(0, endSize)) : NO_INTERVALS;
  const zero = step.exists ? cut : union(cut, diff);
  const out = [
    ...data.map((range) => ({ ...range, exists: true })),
    ...zero.map((range) => ({ ...range, exists: false })),
  ];
  if (out.length === 0) return null;
  // From the beginning, nothing was there that could have become zero.
  const told = from === 0 ? out.filter(({ exists }) => exists) : out;
  return told.sort((a, b) => a.off - b.off);
}

interface SnapSetDiff {
  readonly diff: IntervalSet;
  readonly endSize: number;
  readonly exists: boolean;
}

/**
 * The ranges of an object that vary between two snapshots.
 *
 * @ceph src/librados/snap_set_diff.cc calc_snap_set_diff — exact
 */
function snapSetDiff({ seq, clones }: SnapListing, start: number, end: number): SnapSetDiff {
  let diff: IntervalSet = NO_INTERVALS;
  let startSize = 0;
  let started = false;
  for (const [index, clone] of clones.entries()) {
    const first = clone.id === NOSNAP ? seq + 1 : (clone.snaps[0] ?? clone.id);
    const last = clone.id === NOSNAP ? NOSNAP : (clone.snaps.at(-1) ?? clone.id);
    if (last < start) continue;
    if (!started) {
      started = true;
      if (start < first) diff = intervalSet(0, clone.size);
      else startSize = clone.size;
    }
    if (end < first) break;
    if (end <= last) return { diff, endSize: clone.size, exists: true };
    const next = clones[index + 1];
    if (next !== undefined) diff = diffToNext(diff, clone, next.size, startSize);
  }
  // What came and went between the two is told by nobody.
  return { diff: intervalSet(0, startSize), endSize: 0, exists: false };
}

/** What was cut off from one clone to the next counts only as far as it was there at the start. */
function diffToNext(
  diff: IntervalSet,
  { size, overlap }: SnapListing['clones'][number],
  nextSize: number,
  startSize: number,
): IntervalSet {
  if (nextSize >= size) return union(diff, subtract(intervalSet(0, nextSize), overlap));
  const boundary = size <= startSize ? size : Math.max(nextSize, startSize);
  const kept = subtract(diff, intervalSet(boundary, size - boundary));
  return union(kept, subtract(intervalSet(0, boundary), overlap));
}
