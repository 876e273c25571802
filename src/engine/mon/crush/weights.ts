import { reweightAll } from '../../crush/edit/buckets.ts';
import { reweightItem, reweightSubtree } from '../../crush/edit/weights.ts';
import { streamText } from '../../crush/text.ts';
import { idOfName } from '../../crush/tree.ts';
import { type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, publishCrush } from './publish-crush.ts';

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush reweight-all" — exact */
export function reweightCrush(monitor: Monitor): MonAnswer {
  return crushCommand(monitor, (crush) => publishCrush(monitor, reweightAll(crush), 'reweighted crush hierarchy'));
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush reweight" — exact */
export function reweightCrushItem(monitor: Monitor, name: string, weight: number): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const id = idOfName(crush, name);
    if (id === undefined) return refused('ENOENT', `device '${name}' does not appear in the crush map`);
    if (id < 0) return refused('EINVAL', `device '${name}' is not a leaf in the crush map`);
    const text = `reweighted item id ${id} name '${name}' to ${streamText(weight)} in crush map`;
    return publishCrush(monitor, reweightItem(crush, id, weight), text);
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush reweight-subtree" — exact */
export function reweightCrushSubtree(monitor: Monitor, name: string, weight: number): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const id = idOfName(crush, name);
    if (id === undefined) return refused('ENOENT', `device '${name}' does not appear in the crush map`);
    if (id >= 0) return refused('EINVAL', `device '${name}' is not a subtree in the crush map`);
    const text = `reweighted subtree id ${id} name '${name}' to ${streamText(weight)} in crush map`;
    return publishCrush(monitor, reweightSubtree(crush, id, weight), text);
  });
}
