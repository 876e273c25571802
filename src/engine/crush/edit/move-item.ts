import { CephError } from '../../base/errno.ts';
import type { CrushMap } from '../crush-map.ts';
import { isValidName } from '../names.ts';
import { removeItemOf } from './choose-args.ts';
import { type Draft, edited, openDraft, setName } from './draft.ts';
import { isHeld, type Location, parentIn, weightAtLocation, weightIn } from './find.ts';
import { checkNames, insertInto, type NewItem } from './insert-item.ts';
import { unlinkEverywhere } from './remove-item.ts';
import { rebuildShadowTrees } from './shadows.ts';
import { adjustAtLocation, adjustInBucket, bucketOr, checkedWeight } from './weights.ts';

/** True where an item stands in the lowest bucket that a location names. */
export function isAtLocation(map: CrushMap, item: number, location: Location): boolean {
  return weightAtLocation(openDraft(map), item, location) !== undefined;
}

/**
 * Moves a bucket with all that it holds. EINVAL for a device, ENOENT for a bucket without a name.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::move_bucket — exact
 */
export function moveBucket(map: CrushMap, id: number, location: Location): CrushMap {
  return edited(map, (draft) => {
    const item = namedBucket(draft, id, location);
    const parent = parentIn(draft, id);
    if (parent !== undefined) {
      adjustInBucket(draft, id, 0, parent, true);
      removeItemOf(draft, parent, id);
    }
    insertInto(draft, item, false);
  });
}

/**
 * Lets a bucket stand in one place more.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::link_bucket — exact
 */
export function linkBucket(map: CrushMap, id: number, location: Location): CrushMap {
  return edited(map, (draft) => linkInto(draft, id, location));
}

/** The same in a draft. */
export function linkInto(draft: Draft, id: number, location: Location): void {
  insertInto(draft, namedBucket(draft, id, location), true);
}

function namedBucket(draft: Draft, id: number, location: Location): NewItem {
  const name = draft.names.get(id);
  if (id >= 0) throw new CephError('EINVAL', `item ${id} is no bucket`);
  if (name === undefined) throw new CephError('ENOENT', `bucket ${id}`);
  return { id, name, location, weight: Math.fround(bucketOr(draft, id).weight) / 0x10000 };
}

/**
 * Puts a device at a location unless it stands there; one that stands elsewhere is moved and keeps its weight. The same
 * map where nothing changes.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::create_or_move_item — exact
 */
export function createOrMoveItem(map: CrushMap, item: NewItem): CrushMap {
  if (!isValidName(item.name)) throw new CephError('EINVAL', `name '${item.name}'`);
  if (isAtLocation(map, item.id, item.location)) return map;
  return edited(map, (draft) => {
    const held = isHeld(draft, item.id);
    const weight = held ? Math.fround(weightIn(draft, item.id) ?? 0) / 0x10000 : item.weight;
    if (held) unlinkEverywhere(draft, item.id);
    insertInto(draft, { ...item, weight }, true);
  });
}

/**
 * Puts an item at a location with a weight and a name, whether it was there or elsewhere before. The same map where
 * nothing changes.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::update_item — exact
 */
export function updateItem(map: CrushMap, item: NewItem): CrushMap {
  checkNames(item.name, item.location);
  const fixed = checkedWeight(item.weight);
  return edited(map, (draft) => {
    const before = weightAtLocation(draft, item.id, item.location);
    if (before === undefined) {
      if (draft.names.has(item.id)) unlinkEverywhere(draft, item.id);
      insertInto(draft, item, true);
      return;
    }
    if (before !== fixed) {
      adjustAtLocation(draft, item.id, fixed, item.location, true);
      rebuildShadowTrees(draft);
    }
    if (draft.names.get(item.id) !== item.name) setName(draft, item.id, item.name);
  });
}
