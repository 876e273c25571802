import { CephError } from '../../base/errno.ts';
import type { CrushMap } from '../crush-map.ts';
import { classIdOf, knownClassId } from './class-ids.ts';
import { type Draft, edited, idOf } from './draft.ts';
import { rebuildShadowTrees } from './shadows.ts';
import { bucketOr } from './weights.ts';

/**
 * Gives devices a class. EBUSY where one has another; the error's context says so in the words that tools print. The
 * same map where all have it already.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::update_device_class — exact; of several devices the shadow trees are made once
 */
export function setDeviceClass(map: CrushMap, devices: readonly number[], className: string): CrushMap {
  const changed = devices.filter((device) => !isOfClass(map, device, className));
  if (changed.length === 0) return map;
  return edited(map, (draft) => {
    for (const device of changed) draft.deviceClasses.set(device, classIdOf(draft, className));
    rebuildShadowTrees(draft);
  });
}

/** True where a device has that class already; EBUSY where it has another. */
export function isOfClass(map: CrushMap, device: number, className: string): boolean {
  const before = map.classNames.get(map.deviceClasses.get(device) ?? -1);
  if (before !== undefined && before !== className) {
    throw new CephError(
      'EBUSY',
      `osd.${device} has already bound to class '${before}', can not reset class to '${className}'; ` +
        `use 'ceph osd crush rm-device-class <id>' to remove old class first`,
    );
  }
  return before === className;
}

/** Takes the class of devices away; the same map where none has one. */
export function removeDeviceClass(map: CrushMap, devices: readonly number[]): CrushMap {
  if (!devices.some((device) => map.deviceClasses.has(device))) return map;
  return edited(map, (draft) => {
    for (const device of devices) draft.deviceClasses.delete(device);
    rebuildShadowTrees(draft);
  });
}

/**
 * Gives all devices below a bucket a class. Shadow trees stay as they are. ENOENT where there is no such bucket.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::set_subtree_class — exact
 */
export function setSubtreeClass(map: CrushMap, bucketName: string, className: string): CrushMap {
  return edited(map, (draft) => {
    const id = idOf(draft, bucketName);
    if (id === undefined) throw new CephError('ENOENT', bucketName);
    const classId = classIdOf(draft, className);
    setBelow(draft, id, classId);
  });
}

function setBelow(draft: Draft, id: number, classId: number): void {
  for (const item of bucketOr(draft, id).items) {
    if (item >= 0) draft.deviceClasses.set(item, classId);
    else setBelow(draft, item, classId);
  }
}

/**
 * Renames a class and its shadow trees. ENOENT, EEXIST.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::rename_class — exact
 */
export function renameClass(map: CrushMap, from: string, to: string): CrushMap {
  return edited(map, (draft) => {
    const classId = knownClassId(draft, from);
    if (classId === undefined) throw new CephError('ENOENT', `class ${from}`);
    if (knownClassId(draft, to) !== undefined) throw new CephError('EEXIST', `class ${to}`);
    for (const [id, each] of draft.deviceClasses) {
      if (id >= 0 || each !== classId) continue;
      const [base = ''] = (draft.names.get(id) ?? '').split('~');
      draft.names.set(id, `${base}~${to}`);
    }
    draft.nameIds = undefined;
    draft.classNames.set(classId, to);
  });
}
