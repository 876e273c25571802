import { CephError } from '../../base/errno.ts';
import { clsRbdSnapshot as methods } from '../../codec/cls-rbd-methods.ts';
import { type SnapRecord, sameSnapshotNamespace } from '../../codec/rbd-snap-codec.ts';
import { FEATURE, OP_FEATURE, type SnapshotNamespace } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { asU64, listByPrefix, readKey, removeKey, requireKey, u64, writeKey } from '../omap-values.ts';
import { randomUuid } from '../random-uuid.ts';
import {
  checkExists,
  hasParent,
  readParent,
  readSnap,
  readSnaps,
  requireFeature,
  SNAP_PREFIX,
  setOpFeatures,
  snapKey,
  writeSnap,
} from './header-values.ts';

/** @ceph src/cls/rbd/cls_rbd.cc snapshot_*, get_protection_status, set_protection_status — exact, without format 1 */
export const SNAPSHOT_HANDLERS: readonly ClsHandler[] = [
  implement(methods.add, (object, { snapId, name, namespace }) => addSnap(object, snapId, name, namespace)),

  implement(methods.remove, (object, { snapId }) => {
    const snap = readSnap(object, snapId);
    if (snap.protection !== 'unprotected' || snap.childCount > 0) throw new CephError('EBUSY', `snapshot ${snapId}`);
    removeKey(object, snapKey(snapId));
    forgetSnap(object, snapId);
  }),

  implement(methods.rename, (object, { snapId, name }) => {
    for (const other of readSnaps(object))
      if (other.namespace.type === 'user' && other.name === name) throw new CephError('EEXIST', `snapshot ${name}`);
    const snap = readSnap(object, snapId);
    if (snap.namespace.type !== 'user') throw new CephError('EINVAL', 'not a user snapshot');
    writeSnap(object, { ...snap, name });
  }),

  implement(methods.get, (object, { snapId }) => {
    if (snapId === NOSNAP) throw new CephError('EINVAL', 'not a snapshot');
    const { id, namespace, name, imageSize, timestamp_us, childCount } = readSnap(object, snapId);
    return { id, namespace, name, imageSize, timestamp_us, childCount };
  }),

  implement(methods.trashAdd, (object, { snapId }) => {
    const snap = readSnap(object, snapId);
    const { namespace } = snap;
    if (snap.protection !== 'unprotected') throw new CephError('EBUSY', `snapshot ${snapId}`);
    if (namespace.type === 'trash') throw new CephError('EEXIST', `snapshot ${snapId} in the trash`);
    setOpFeatures(object, OP_FEATURE.SNAP_TRASH, OP_FEATURE.SNAP_TRASH);
    const originalType = namespace.type === 'unknown' ? 'mirror' : namespace.type;
    const trashed: SnapshotNamespace = { type: 'trash', originalName: snap.name, originalType };
    writeSnap(object, { ...snap, name: randomUuid(object), namespace: trashed });
  }),

  implement(methods.getProtectionStatus, (object, { snapId }) => {
    if (snapId === NOSNAP) throw new CephError('EINVAL', 'not a snapshot');
    return readSnap(object, snapId).protection;
  }),

  implement(methods.setProtectionStatus, (object, { snapId, status }) => {
    checkExists(object);
    requireFeature(object, FEATURE.LAYERING);
    if (snapId === NOSNAP) throw new CephError('EINVAL', 'not a snapshot');
    writeSnap(object, { ...readSnap(object, snapId), protection: status });
  }),

  implement(methods.unlinkPeer, (object, { snapId, peer }) => {
    const snap = readSnap(object, snapId);
    const { namespace } = snap;
    if (namespace.type !== 'mirror') throw new CephError('EINVAL', `snapshot ${snapId} is not for mirroring`);
    if (!namespace.peerUuids.includes(peer)) throw new CephError('ENOENT', `peer ${peer}`);
    const peerUuids = namespace.peerUuids.filter((uuid) => uuid !== peer);
    writeSnap(object, { ...snap, namespace: { ...namespace, peerUuids } });
  }),

  implement(methods.getLimit, (object) => readKey(object, 'snap_limit', asU64) ?? null),

  implement(methods.setLimit, (object, { limit }) => {
    if (limit === null) {
      removeKey(object, 'snap_limit');
      return;
    }
    checkExists(object);
    if (limit < listByPrefix(object, SNAP_PREFIX).length) throw new CephError('ERANGE', `limit ${limit}`);
    writeKey(object, 'snap_limit', u64(limit));
  }),
];

/** @ceph src/cls/rbd/cls_rbd.cc snapshot_add — exact */
function addSnap(object: ObjectContext, id: number, name: string, namespace: SnapshotNamespace): void {
  if (namespace.type === 'unknown' || id === NOSNAP) throw new CephError('EINVAL', `snapshot ${name}`);
  if (id < requireKey(object, 'snap_seq', asU64)) throw new CephError('ESTALE', `snapshot id ${id}`);
  const imageSize = requireKey(object, 'size', asU64);
  const flags = readKey(object, 'flags', asU64) ?? 0;
  checkRoomFor(object, id, name, namespace);
  if (namespace.type === 'trash') setOpFeatures(object, OP_FEATURE.SNAP_TRASH, OP_FEATURE.SNAP_TRASH);
  writeKey(object, 'snap_seq', u64(id));
  writeSnap(object, {
    id,
    name,
    imageSize,
    flags,
    namespace,
    protection: 'unprotected',
    timestamp_us: object.now_us(),
    childCount: 0,
    parentOverlap: readParent(object)?.headOverlap ?? null,
    legacyParent: null,
  });
}

/** EDQUOT at the limit, EEXIST for the same name or id. The limit is told first, snapshot by snapshot. */
function checkRoomFor(object: ObjectContext, id: number, name: string, namespace: SnapshotNamespace): void {
  const limit = readKey(object, 'snap_limit', asU64) ?? Number.MAX_SAFE_INTEGER;
  readSnaps(object).forEach((other, index) => {
    if (index + 1 >= limit) throw new CephError('EDQUOT', `limit of ${limit} snapshots`);
    const sameName = other.name === name && sameSnapshotNamespace(other.namespace, namespace);
    if (sameName || other.id === id) throw new CephError('EEXIST', `snapshot ${name}`);
  });
}

/** What goes with the last snapshot of its kind: the parent that only snapshots needed, and op features. */
function forgetSnap(object: ObjectContext, snapId: number): void {
  const others: SnapRecord[] = readSnaps(object).filter((snap) => snap.id !== snapId);
  const childSnaps = others.some(hasParent);
  const parent = readParent(object);
  const headIsChild = parent !== null && parent.headOverlap !== null;
  if (parent !== null && !headIsChild && !childSnaps) removeKey(object, 'parent');
  const mask =
    (childSnaps || headIsChild ? 0 : OP_FEATURE.CLONE_CHILD) |
    (others.some((snap) => snap.namespace.type === 'trash') ? 0 : OP_FEATURE.SNAP_TRASH);
  if (mask !== 0) setOpFeatures(object, 0, mask);
}
