import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { type BitVector, bitAt } from '../../codec/bit-vector.ts';
import { clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import { FLAG, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { objectMapName } from '../object-names.ts';

export type DiffState = 'same' | 'updated' | 'hole';

/**
 * What became of each object from one snapshot to another (from 0: from nothing), told from the object maps in
 * between. Null where one of them cannot be believed.
 *
 * @ceph src/librbd/object_map/DiffRequest.cc — exact
 */
export function* diffObjectMaps(
  image: ImageCtx,
  from: number,
  to: number,
): Task<((objectNo: number) => DiffState) | null> {
  const ids = [...image.header.snaps.map(({ id }) => id), NOSNAP].filter((id) => id >= from && id <= to);
  const diff: DiffState[] = [];
  let before: BitVector | null = null;
  for (const id of ids) {
    const map = yield* loadValidMap(image, id);
    if (map === null) return null;
    const compare = before !== null || from === 0;
    if (compare) compareMaps(before, map, diff);
    before = map;
  }
  return (objectNo) => diff[objectNo] ?? 'same';
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

function compareMaps(before: BitVector | null, map: BitVector, diff: DiffState[]): void {
  const { NONEXISTENT } = OBJECT_STATE;
  const count = Math.max(map.size, diff.length, before?.size ?? 0);
  for (let no = 0; no < count; no++) {
    const old = before !== null && no < before.size ? bitAt(before, no) : NONEXISTENT;
    const now = no < map.size ? bitAt(map, no) : NONEXISTENT;
    diff[no] = compareStates(old, now) ?? diff[no] ?? 'same';
  }
}

/** Undefined where it stays as it was told before. */
function compareStates(old: number, now: number): DiffState | undefined {
  const { EXISTS, EXISTS_CLEAN, NONEXISTENT } = OBJECT_STATE;
  if (now === NONEXISTENT) return old === NONEXISTENT ? undefined : 'hole';
  const cleaned = old === EXISTS && now === EXISTS_CLEAN;
  return now === EXISTS || (old !== now && !cleaned) ? 'updated' : undefined;
}
