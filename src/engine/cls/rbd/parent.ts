import { CephError } from '../../base/errno.ts';
import { clsRbdParent as methods } from '../../codec/cls-rbd-methods.ts';
import { type ParentRecord, sameParentSpec } from '../../codec/rbd-parent-codec.ts';
import { FEATURE, OP_FEATURE, type ParentImageSpec } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { asU64, removeKey, requireKey } from '../omap-values.ts';
import {
  checkExists,
  hasFeature,
  hasParent,
  readParent,
  readSnap,
  readSnaps,
  requireFeature,
  setOpFeatures,
  writeParent,
  writeSnap,
} from './header-values.ts';

/** @ceph src/cls/rbd/cls_rbd.cc parent_*, get_parent, set_parent, remove_parent — exact */
export const PARENT_HANDLERS: readonly ClsHandler[] = [
  implement(methods.get, (object) => {
    if (!hasFeature(object, FEATURE.LAYERING)) return null;
    const parent = readParent(object) ?? readSnaps(object).findLast((snap) => snap.legacyParent)?.legacyParent;
    return parent?.spec ?? null;
  }),

  implement(methods.overlapGet, (object, { snapId }) => {
    if (!hasFeature(object, FEATURE.LAYERING)) return null;
    if (snapId === NOSNAP) return readParent(object)?.headOverlap ?? null;
    const snap = readSnap(object, snapId);
    return snap.parentOverlap ?? snap.legacyParent?.headOverlap ?? null;
  }),

  implement(methods.attach, (object, { parent, overlap, reattach }) => attach(object, parent, overlap, reattach)),
  implement(methods.detach, (object) => detach(object, false)),

  implement(methods.getLegacy, (object, { snapId }) => {
    const found = legacyParent(object, snapId);
    return found === null ? null : { parent: found.spec, overlap: found.headOverlap ?? 0 };
  }),

  implement(methods.set, (object, { parent, overlap }) => attach(object, { ...parent, nspace: '' }, overlap, false)),
  implement(methods.remove, (object) => detach(object, true)),
];

/** @ceph image::parent::attach — exact */
function attach(object: ObjectContext, spec: ParentImageSpec, overlap: number, reattach: boolean): void {
  checkExists(object);
  requireFeature(object, FEATURE.LAYERING);
  if (spec.pool < 0 || spec.imageId === '' || spec.snapId === NOSNAP || overlap === 0)
    throw new CephError('EINVAL', 'parent');
  const before = readParent(object);
  if (before !== null && (before.headOverlap !== null || !sameParentSpec(before.spec, spec)) && !reattach)
    throw new CephError('EEXIST', 'parent');
  writeParent(object, { spec, headOverlap: Math.min(overlap, requireKey(object, 'size', asU64)) });
}

/** @ceph image::parent::detach — exact, as with require_osd_release nautilus or newer */
function detach(object: ObjectContext, legacy: boolean): void {
  checkExists(object);
  requireFeature(object, FEATURE.LAYERING);
  const parent = readParent(object);
  if (parent === null) throw new CephError('ENOENT', 'parent');
  if (legacy && parent.spec.nspace !== '') throw new CephError('EXDEV', 'parent in a namespace');
  if (parent.headOverlap === null) throw new CephError('ENOENT', 'parent of the head');
  // Snapshots of then have their parents themselves.
  if (detachSnaps(object) && !object.era.oldHeaders) writeParent(object, { ...parent, headOverlap: null });
  else {
    removeKey(object, 'parent');
    setOpFeatures(object, 0, OP_FEATURE.CLONE_CHILD);
  }
}

/** Detaches the snapshots where the image has DEEP_FLATTEN; else true if any needs the parent still. */
function detachSnaps(object: ObjectContext): boolean {
  const snaps = readSnaps(object).filter(hasParent);
  if (!hasFeature(object, FEATURE.DEEP_FLATTEN)) return snaps.length > 0;
  for (const snap of snaps) writeSnap(object, { ...snap, parentOverlap: null, legacyParent: null });
  return false;
}

/** @ceph src/cls/rbd/cls_rbd.cc get_parent — exact */
function legacyParent(object: ObjectContext, snapId: number): ParentRecord | null {
  if (!hasFeature(object, FEATURE.LAYERING)) return null;
  const parent = readParent(object);
  if (parent !== null && parent.spec.nspace !== '') throw new CephError('EXDEV', 'parent in a namespace');
  if (snapId === NOSNAP) return parent;
  const snap = readSnaps(object).find(({ id }) => id === snapId);
  if (snap === undefined || !hasParent(snap)) return null;
  if (snap.legacyParent !== null) return snap.legacyParent;
  if (parent === null) throw new CephError('EINVAL', 'parent of a snapshot');
  return { ...parent, headOverlap: snap.parentOverlap };
}
