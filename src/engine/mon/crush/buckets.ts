import { cppStrerror, ERRNO } from '../../base/errno.ts';
import type { CrushMap } from '../../crush/crush-map.ts';
import { addBucket, renameBucket } from '../../crush/edit/buckets.ts';
import type { Location } from '../../crush/edit/find.ts';
import { isAtLocation, linkBucket, moveBucket } from '../../crush/edit/move-item.ts';
import { swapBuckets } from '../../crush/edit/swap-bucket.ts';
import { idOfName, parentOf, typeByName } from '../../crush/tree.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { locationText } from './location.ts';
import { crushCommand, editOrAnswer, publishCrush } from './publish-crush.ts';

/**
 * Makes an empty bucket, at a location where one is given. One of that name is no error.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush add-bucket" — exact
 */
export function addCrushBucket(monitor: Monitor, name: string, typeName: string, location: Location): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if (idOfName(crush, name) !== undefined) return done(`bucket '${name}' already exists`);
    const type = typeByName(crush, typeName);
    if (type === undefined) return refused('EINVAL', `type '${typeName}' does not exist`);
    if (type === 0) return refused('EINVAL', `type '${typeName}' is for devices, not buckets`);
    const made = addBucket(crush, name, type);
    const added = `added bucket ${name} type ${typeName} to`;
    if (location.size === 0) return publishCrush(monitor, made, `${added} crush map`);
    const at = locationText(location);
    const moved = editOrAnswer(() => moveBucket(made, idOfName(made, name) ?? 0, location));
    if ('crush' in moved) return publishCrush(monitor, moved.crush, `${added} location ${at}`);
    return { code: moved.refusal.code, text: `error moving bucket '${name}' to location ${at}` };
  });
}

/** @ceph src/mon/OSDMonitor.cc crush_rename_bucket — exact */
export function renameCrushBucket(monitor: Monitor, from: string, to: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const renamed = editOrAnswer(() => renameBucket(crush, from, to));
    if ('crush' in renamed) return publishCrush(monitor, renamed.crush, `renamed bucket ${from} into ${to}`);
    const { refusal } = renamed;
    return refusal.code === ERRNO.EALREADY ? done(refusal.text) : refusal;
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush link" — exact */
export function linkCrushBucket(monitor: Monitor, name: string, location: Location): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const id = idOfName(crush, name);
    if (id === undefined) return refused('ENOENT', `item ${name} does not exist`);
    const where = `item id ${id} name '${name}' to location ${locationText(location)}`;
    if (isAtLocation(crush, id, location)) return done(`no need to move ${where} in crush map`);
    const linked = editOrAnswer(() => linkBucket(crush, id, location));
    if ('crush' in linked) return publishCrush(monitor, linked.crush, `linked ${where} in crush map`);
    return { code: linked.refusal.code, text: `cannot link ${where}` };
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush swap-bucket" — exact */
export function swapCrushBuckets(monitor: Monitor, source: string, dest: string, sure: boolean): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const [from, to] = [idOfName(crush, source), idOfName(crush, dest)];
    if (from === undefined) return refused('ENOENT', `source item ${source} does not exist`);
    if (to === undefined) return refused('ENOENT', `dest item ${dest} does not exist`);
    const doubt = sure ? undefined : doubtAboutSwap(crush, source, from, to);
    if (doubt !== undefined) return refused('EPERM', `${doubt}; pass --yes-i-really-mean-it to proceed anyway`);
    const swapped = editOrAnswer(() => swapBuckets(crush, from, to));
    if ('crush' in swapped) return publishCrush(monitor, swapped.crush, `swapped bucket of ${source} to ${dest}`);
    const { code } = swapped.refusal;
    return { code, text: `failed to swap bucket contents: ${cppStrerror(code)}` };
  });
}

function doubtAboutSwap(crush: CrushMap, source: string, from: number, to: number): string | undefined {
  if (parentOf(crush, from) !== undefined) return `source item ${source} is not an orphan bucket`;
  const [a, b] = [crush.buckets.get(from)?.alg ?? 'unknown', crush.buckets.get(to)?.alg ?? 'unknown'];
  return a === b ? undefined : `source bucket alg ${a} != dest bucket alg ${b}`;
}
