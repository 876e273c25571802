import { ERRNO } from '../../base/errno.ts';
import type { CrushMap } from '../../crush/crush-map.ts';
import type { Location } from '../../crush/edit/find.ts';
import { insertItem } from '../../crush/edit/insert-item.ts';
import { createOrMoveItem, isAtLocation, moveBucket, updateItem } from '../../crush/edit/move-item.ts';
import { removeItem, removeItemUnder, unlinkItem } from '../../crush/edit/remove-item.ts';
import { streamText } from '../../crush/text.ts';
import { idOfName } from '../../crush/tree.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { locationText } from './location.ts';
import { crushCommand, editOrAnswer, inWords, publishCrush } from './publish-crush.ts';

/** An OSD with the weight and the place that it is to have. */
export interface CrushItem {
  readonly id: number;
  readonly weight: number;
  readonly location: Location;
}

function described({ id, weight, location }: CrushItem): string {
  return `item id ${id} name 'osd.${id}' weight ${streamText(weight)} at location ${locationText(location)}`;
}

/**
 * Puts an OSD at a place with a weight: `set` wants it to be in the map already, `add` leaves it where it is, too.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush set", "osd crush add" — exact
 */
export function placeCrushItem(monitor: Monitor, item: CrushItem, how: 'set' | 'add'): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const { id, location } = item;
    if (monitor.map().osds[id] === undefined)
      return refused('ENOENT', `osd.${id} does not exist. Create it before updating the crush map`);
    if (how === 'set' && !crush.names.has(id))
      return refused('ENOENT', `unable to set ${described(item)}: does not exist`);
    const wanted = { ...item, name: `osd.${id}` };
    const isSet = how === 'set' || isAtLocation(crush, id, location);
    const action = isSet ? 'set' : 'add';
    const changed = isSet ? updateItem(crush, wanted) : insertItem(crush, wanted);
    if (isSet && sameItem(crush, changed, id)) return done(`${action} ${described(item)}: no change`);
    return publishCrush(monitor, changed, `${action} ${described(item)} to crush map`);
  });
}

/** True where an update changed nothing. */
function sameItem(before: CrushMap, after: CrushMap, id: number): boolean {
  if (before.names.get(id) !== after.names.get(id)) return false;
  return [...after.buckets].every(([at, { items, itemWeights }]) => {
    const was = before.buckets.get(at);
    return was?.items.join() === items.join() && was.itemWeights.join() === itemWeights.join();
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush create-or-move" — exact */
export function createOrMoveCrushItem(monitor: Monitor, item: CrushItem): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const { id } = item;
    if (monitor.map().osds[id] === undefined)
      return refused('ENOENT', `osd.${id} does not exist.  create it before updating the crush map`);
    const text = described(item).replace(`item id ${id}`, 'item');
    const changed = createOrMoveItem(crush, { ...item, name: `osd.${id}` });
    if (changed === crush) return done(`create-or-move updated ${text} to crush map`);
    return publishCrush(monitor, changed, `create-or-move updating ${text} to crush map`);
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush move" — exact */
export function moveCrushItem(monitor: Monitor, name: string, location: Location): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const id = idOfName(crush, name);
    if (id === undefined) return refused('ENOENT', `item ${name} does not exist`);
    const where = `item id ${id} name '${name}' to location ${locationText(location)} in crush map`;
    if (isAtLocation(crush, id, location)) return done(`no need to move ${where}`);
    const moved = id < 0 ? moveBucket(crush, id, location) : createOrMoveItem(crush, { id, name, weight: 0, location });
    return publishCrush(monitor, moved, `moved ${where}`);
  });
}

/**
 * Takes an item out of the tree, below one bucket only where that is named. `unlink` keeps a bucket in the map.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush rm", "osd crush unlink" — exact
 */
export function removeCrushItem(
  monitor: Monitor,
  name: string,
  ancestorName: string | undefined,
  unlink: boolean,
): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const id = idOfName(crush, name);
    if (id === undefined) return done(`device '${name}' does not appear in the crush map`);
    const ancestor = ancestorName === undefined ? 0 : idOfName(crush, ancestorName);
    if (ancestor === undefined)
      return refused('ENOENT', `ancestor item '${ancestorName}' does not appear in the crush map`);
    const removed = editOrAnswer(() => {
      if (ancestor < 0) return removeItemUnder(crush, id, ancestor, unlink);
      return unlink ? unlinkItem(crush, id) : removeItem(crush, id);
    });
    if ('crush' in removed)
      return publishCrush(monitor, removed.crush, `removed item id ${id} name '${name}' from crush map`);
    const { code } = removed.refusal;
    if (code === ERRNO.ENOENT) return done(`item ${id} does not appear in that position`);
    return inWords(code);
  });
}
