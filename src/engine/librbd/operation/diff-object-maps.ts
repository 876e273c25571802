import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { type BitVector, bitAt } from '../../codec/bit-vector.ts';
import { clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import { FLAG, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { objectMapName } from '../object-names.ts';

/** What an object is at the end, and whether that is news. */
export type DiffState = 'hole' | 'data' | 'hole-updated' | 'data-updated';

/**
 * What became of each object from one snapshot to another (from 0: from nothing), told from the object maps in
 * between. From nothing, only how it ends counts. Null where one of them cannot be believed.
 *
 * @ceph src/librbd/object_map/DiffRequest.cc send, process_object_map — exact for diff-iterate
 */
export function* diffObjectMaps(
  image: ImageCtx,
  from: number,
  to: number,
): Task<((objectNo: number) => DiffState) | null> {
  const between = from === 0 ? [] : image.header.snaps.map(({ id }) => id).filter((id) => id >= from && id < to);
  let states: readonly DiffState[] = [];
  for (const id of [...between, to]) {
    const map = yield* loadValidMap(image, id);
    if (map === null) return null;
    const next = nextState(id === from, id === to);
    const before = states;
    states = Array.from({ length: map.size }, (_, no) => next(before[no], bitAt(map, no)));
  }
  return (objectNo) => states[objectNo] ?? 'hole';
}

function* loadValidMap(image: ImageCtx, id: number): Task<BitVector | null> {
  const snap = id === NOSNAP ? undefined : image.snapById(id);
  if (!image.mapValid(FLAG.FAST_DIFF_INVALID, snap)) return null;
  try {
    const oid = objectMapName(image.id, id === NOSNAP ? undefined : id);
    const map = yield* image.io.exec(oid, clsRbdObjectMap.load, undefined);
    const count = objectCount(image.layout, snap?.size ?? image.header.size);
    return map.size < count ? null : { size: count, bytes: map.bytes };
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}

/** What an object's state in the next map makes of what was found so far; undefined where the maps before were too small for it. */
function nextState(isStart: boolean, isEnd: boolean): (before: DiffState | undefined, now: number) => DiffState {
  const { EXISTS_CLEAN, NONEXISTENT, PENDING } = OBJECT_STATE;
  const isChanged = isStart ? (now: number) => now === PENDING : (now: number) => now !== EXISTS_CLEAN;
  return (before, now) => {
    const isGone = now === NONEXISTENT;
    if (before === 'data-updated' || before === 'hole-updated') return isGone ? 'hole-updated' : 'data-updated';
    if (before === 'data' && isGone) return 'hole-updated';
    if (before === 'data' || (isStart && !isGone)) return isChanged(now) ? 'data-updated' : 'data';
    // What began as a hole is nothing until the end.
    return isEnd && !isGone ? 'data-updated' : 'hole';
  };
}
