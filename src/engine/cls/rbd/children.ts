import { CephError } from '../../base/errno.ts';
import { clsRbdChildren as methods } from '../../codec/cls-rbd-methods.ts';
import {
  childrenKey,
  compareChildSpecs,
  decodeChildIds,
  decodeChildSpecs,
  encodeChildIds,
  encodeChildSpecs,
} from '../../codec/rbd-children-codec.ts';
import { type ChildImageSpec, OP_FEATURE, type ParentImageSpec } from '../../codec/rbd-types.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { decodeValue, readKey, removeKey, requireKey, writeKey } from '../omap-values.ts';
import { readSnap, readSnaps, setOpFeatures, snapChildrenKey, writeSnap } from './header-values.ts';

/** @ceph src/cls/rbd/cls_rbd.cc add_child, remove_child, get_children, child_attach, child_detach, children_list — exact */
export const CHILDREN_HANDLERS: readonly ClsHandler[] = [
  implement(methods.add, (object, { parent, childId }) => {
    const ids = readChildIds(object, parent) ?? [];
    if (ids.includes(childId)) throw new CephError('EEXIST', `child ${childId}`);
    writeChildIds(object, parent, [...ids, childId]);
  }),

  implement(methods.remove, (object, { parent, childId }) => {
    const ids = readChildIds(object, parent);
    if (ids === undefined || !ids.includes(childId)) throw new CephError('ENOENT', `child ${childId}`);
    writeChildIds(
      object,
      parent,
      ids.filter((id) => id !== childId),
    );
  }),

  implement(methods.get, (object, { parent }) => {
    const ids = readChildIds(object, parent);
    if (ids === undefined) throw new CephError('ENOENT', 'children');
    return ids;
  }),

  implement(methods.attach, (object, { snapId, child }) => attachChild(object, snapId, child)),
  implement(methods.detach, (object, { snapId, child }) => detachChild(object, snapId, child)),

  implement(methods.list, (object, { snapId }) => {
    readSnap(object, snapId);
    return requireKey(object, snapChildrenKey(snapId), decodeChildSpecs);
  }),
];

function readChildIds(object: ObjectContext, parent: ParentImageSpec): readonly string[] | undefined {
  const key = childrenKey(parent);
  const bytes = object.omapGet(key);
  return bytes === undefined ? undefined : decodeValue('children', bytes, decodeChildIds);
}

function writeChildIds(object: ObjectContext, parent: ParentImageSpec, ids: readonly string[]): void {
  const key = childrenKey(parent);
  if (ids.length === 0) object.omapRemove([key]);
  else object.omapSet(new Map([[key, encodeChildIds(ids)]]));
}

function attachChild(object: ObjectContext, snapId: number, child: ChildImageSpec): void {
  const snap = readSnap(object, snapId);
  if (snap.namespace.type === 'trash') throw new CephError('ENOENT', `snapshot ${snapId} in the trash`);
  const children = readKey(object, snapChildrenKey(snapId), decodeChildSpecs) ?? [];
  if (children.some((other) => compareChildSpecs(other, child) === 0)) throw new CephError('EEXIST', 'child');
  writeKey(object, snapChildrenKey(snapId), encodeChildSpecs([...children, child]));
  writeSnap(object, { ...snap, childCount: snap.childCount + 1 });
  setOpFeatures(object, OP_FEATURE.CLONE_PARENT, OP_FEATURE.CLONE_PARENT);
}

function detachChild(object: ObjectContext, snapId: number, child: ChildImageSpec): void {
  const snap = readSnap(object, snapId);
  const children = readKey(object, snapChildrenKey(snapId), decodeChildSpecs) ?? [];
  if (snap.childCount !== children.length) throw new CephError('EINVAL', `children of snapshot ${snapId}`);
  const left = children.filter((other) => compareChildSpecs(other, child) !== 0);
  if (left.length === children.length) throw new CephError('ENOENT', 'child');
  if (left.length === 0) removeKey(object, snapChildrenKey(snapId));
  else writeKey(object, snapChildrenKey(snapId), encodeChildSpecs(left));
  writeSnap(object, { ...snap, childCount: left.length });
  const othersHaveChildren = readSnaps(object).some((other) => other.id !== snapId && other.childCount > 0);
  if (left.length === 0 && !othersHaveChildren) setOpFeatures(object, 0, OP_FEATURE.CLONE_PARENT);
}
