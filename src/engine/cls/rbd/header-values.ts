import { CephError } from '../../base/errno.ts';
import { decodeParent, encodeOldParent, encodeParent, type ParentRecord } from '../../codec/rbd-parent-codec.ts';
import { decodeSnap, encodeOldSnap, encodeSnap, type SnapRecord } from '../../codec/rbd-snap-codec.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ObjectContext } from '../object-context.ts';
import { asU64, decodeValue, listByPrefix, readKey, removeKey, requireKey, u64, writeKey } from '../omap-values.ts';

/** What the methods on a header share. */

export const SNAP_PREFIX = 'snapshot_';
const SNAP_CHILDREN_PREFIX = 'snap_children_';

export function snapKey(snapId: number): string {
  return SNAP_PREFIX + snapId.toString(16).padStart(16, '0');
}

export function snapChildrenKey(snapId: number): string {
  return SNAP_CHILDREN_PREFIX + snapId.toString(16).padStart(16, '0');
}

export function checkExists(object: ObjectContext): void {
  if (!object.exists()) throw new CephError('ENOENT', 'header');
}

/** ENOEXEC unless the image has the feature. @ceph src/cls/rbd/cls_rbd.cc image::require_feature — exact */
export function requireFeature(object: ObjectContext, feature: number): void {
  if (!hasFeature(object, feature)) throw new CephError('ENOEXEC', `feature ${feature}`);
}

export function hasFeature(object: ObjectContext, feature: number): boolean {
  return ((readKey(object, 'features', asU64) ?? 0) & feature) === feature;
}

/** Sets bits of op_features, and the feature OPERATIONS with the first, clears it with the last. @ceph image::set_op_features — exact */
export function setOpFeatures(object: ObjectContext, opFeatures: number, mask: number): void {
  const features = requireKey(object, 'features', asU64);
  const before = readKey(object, 'op_features', asU64) ?? 0;
  const after = (before & ~mask) | (opFeatures & mask);
  if (after === before) return;
  if (after === 0) removeKey(object, 'op_features');
  else writeKey(object, 'op_features', u64(after));
  const wanted = after === 0 ? features & ~FEATURE.OPERATIONS : features | FEATURE.OPERATIONS;
  if (wanted !== features) writeKey(object, 'features', u64(wanted));
}

/** Null where the image has no parent. */
export function readParent(object: ObjectContext): ParentRecord | null {
  return readKey(object, 'parent', decodeParent) ?? null;
}

export function writeParent(object: ObjectContext, parent: ParentRecord): void {
  writeKey(object, 'parent', object.era.oldHeaders ? encodeOldParent(parent) : encodeParent(parent));
}

/** ENOENT where there is none. */
export function readSnap(object: ObjectContext, snapId: number): SnapRecord {
  return requireKey(object, snapKey(snapId), decodeSnap);
}

/** All snapshots, oldest first. @ceph image::snapshot::iterate — exact */
export function readSnaps(object: ObjectContext): SnapRecord[] {
  return listByPrefix(object, SNAP_PREFIX).map(([name, bytes]) => decodeValue(SNAP_PREFIX + name, bytes, decodeSnap));
}

/**
 * Writes a snapshot in today's form: of a parent that an older form has in it, the snapshot keeps the overlap and
 * the header the rest.
 * @ceph src/cls/rbd/cls_rbd.cc image::snapshot::write — exact, as with require_osd_release nautilus or newer
 */
export function writeSnap(object: ObjectContext, snap: SnapRecord): void {
  if (object.era.oldHeaders) {
    writeOldSnap(object, snap);
    return;
  }
  const { legacyParent } = snap;
  if (legacyParent !== null && readParent(object) === null)
    writeParent(object, { spec: legacyParent.spec, headOverlap: null });
  const parentOverlap = legacyParent === null ? snap.parentOverlap : legacyParent.headOverlap;
  writeKey(object, snapKey(snap.id), encodeSnap({ ...snap, parentOverlap, legacyParent: null }));
}

/** A snapshot has its parent itself, whole, and the features of the image. */
function writeOldSnap(object: ObjectContext, snap: SnapRecord): void {
  const own = snap.parentOverlap === null ? null : readParent(object);
  const legacyParent = own === null ? snap.legacyParent : { ...own, headOverlap: snap.parentOverlap };
  const features = requireKey(object, 'features', asU64);
  writeKey(object, snapKey(snap.id), encodeOldSnap({ ...snap, legacyParent }, features));
}

export function hasParent(snap: SnapRecord): boolean {
  return snap.legacyParent !== null || snap.parentOverlap !== null;
}
