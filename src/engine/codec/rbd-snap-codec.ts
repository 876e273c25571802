import { equalBytes } from '../base/bytes.ts';
import { CephError } from '../base/errno.ts';
import { type Decoder, type Encoder, encode } from './denc.ts';
import { decodeParent, type ParentRecord, putOldParent } from './rbd-parent-codec.ts';
import {
  MIRROR_SNAP_STATES,
  type MirrorSnapshotNamespace,
  NAMESPACE_TYPES,
  type NamespaceType,
  PROTECTION_STATUSES,
  type ProtectionStatus,
  type SnapshotNamespace,
  USER_NAMESPACE,
} from './rbd-types.ts';
import { showBits, showTime } from './show.ts';
import { decodeOptionalU64, decodeSnapId, encodeOptionalU64, encodeSnapId, showOptional, showSnapId } from './u64.ts';

/** A snapshot in an image's header, under `snapshot_%016x`. */
export interface SnapRecord {
  readonly id: number;
  readonly name: string;
  readonly imageSize: number;
  readonly protection: ProtectionStatus;
  readonly flags: number;
  readonly namespace: SnapshotNamespace;
  /** When it was made, since the Unix epoch. */
  readonly timestamp_us: number;
  /** Clones of format 2. */
  readonly childCount: number;
  /** Bytes that may come from the image's parent; null where this snapshot has none. */
  readonly parentOverlap: number | null;
  /** The parent as records before version 8 had it in every snapshot. */
  readonly legacyParent: ParentRecord | null;
}

/**
 * @ceph src/cls/rbd/cls_rbd.h cls_rbd_snap::encode — exact, version 8
 */
export function encodeSnap(snap: SnapRecord): Uint8Array {
  return encode((encoder) =>
    encoder.struct(8, 8, (e) => {
      encodeSnapId(e, snap.id);
      e.string(snap.name).u64(snap.imageSize).u8(PROTECTION_STATUSES.indexOf(snap.protection)).u64(snap.flags);
      encodeSnapshotNamespace(e, snap.namespace);
      e.utime(snap.timestamp_us).u32(snap.childCount);
      encodeOptionalU64(e, snap.parentOverlap);
    }),
  );
}

/**
 * As it was when a snapshot had the image's features and its parent in it, and neither time nor namespace.
 * @ceph src/cls/rbd/cls_rbd.h cls_rbd_snap::encode — exact, version 3
 */
export function encodeOldSnap(snap: SnapRecord, features: number): Uint8Array {
  return encode((encoder) =>
    encoder.struct(3, 1, (e) => {
      encodeSnapId(e, snap.id);
      e.string(snap.name).u64(snap.imageSize).u64(features);
      putOldParent(e, snap.legacyParent);
      e.u8(PROTECTION_STATUSES.indexOf(snap.protection));
    }),
  );
}

/**
 * Reads all versions since the first.
 * @ceph src/cls/rbd/cls_rbd.h cls_rbd_snap::decode — exact
 */
export function decodeSnap(decoder: Decoder): SnapRecord {
  const compat = decoder.bytes[decoder.offset + 1] ?? 0;
  return decoder.struct(8, (d, version) => {
    const id = d.field('id', decodeSnapId, showSnapId);
    const name = d.field('name', (f) => f.string());
    const imageSize = d.field('image_size', (f) => f.u64());
    if (compat < 8) d.field('features', (f) => f.u64());
    const legacyParent = version >= 2 && compat < 8 ? d.field('parent', decodeParent, showParentThere) : null;
    return {
      id,
      name,
      imageSize,
      legacyParent,
      protection: version >= 3 ? d.field('protection_status', decodeProtection) : 'unprotected',
      flags: version >= 4 ? d.field('flags', (f) => f.u64(), showBits(FLAG_NAMES)) : 0,
      namespace:
        version >= 5 ? d.field('snapshot_namespace', decodeSnapshotNamespace, showSnapshotNamespace) : USER_NAMESPACE,
      timestamp_us: version >= 6 ? d.field('timestamp', (f) => f.utime(), showTime) : 0,
      childCount: version >= 7 ? d.field('child_count', (f) => f.u32()) : 0,
      parentOverlap: version >= 8 ? d.field('parent_overlap', decodeOptionalU64, showOptional) : null,
    };
  });
}

export const FLAG_NAMES = ['object map invalid', 'fast diff invalid'];

function showParentThere(parent: ParentRecord | null): string {
  return parent === null ? 'none' : `${parent.spec.pool}/${parent.spec.imageId}@${parent.spec.snapId}`;
}

function decodeProtection(decoder: Decoder): ProtectionStatus {
  const code = decoder.u8();
  const status = PROTECTION_STATUSES[code];
  if (status === undefined) throw new CephError('EINVAL', `protection status ${code}`);
  return status;
}

/**
 * @ceph src/cls/rbd/cls_rbd_types.cc SnapshotNamespace encode — exact
 */
export function encodeSnapshotNamespace(encoder: Encoder, namespace: SnapshotNamespace): void {
  encoder.struct(1, 1, (e) => {
    if (namespace.type === 'unknown') {
      e.u32(namespace.code).raw(namespace.payload);
      return;
    }
    e.u32(NAMESPACE_TYPES.indexOf(namespace.type));
    if (namespace.type === 'group') e.s64(namespace.pool).string(namespace.groupId).string(namespace.groupSnapId);
    if (namespace.type === 'mirror') encodeMirror(e, namespace);
    if (namespace.type === 'trash')
      e.string(namespace.originalName).u32(NAMESPACE_TYPES.indexOf(namespace.originalType));
  });
}

export function decodeSnapshotNamespace(decoder: Decoder): SnapshotNamespace {
  return decoder.struct(1, (d) => {
    const code = d.field('type', (f) => f.u32(), showNamespaceType);
    if (code === 0) return USER_NAMESPACE;
    if (code === 1) {
      const pool = d.field('group_pool', (f) => f.s64());
      const groupId = d.field('group_id', (f) => f.string());
      return { type: 'group', pool, groupId, groupSnapId: d.field('group_snapshot_id', (f) => f.string()) };
    }
    if (code === 2) {
      const originalName = d.field('original_name', (f) => f.string());
      return { type: 'trash', originalName, originalType: d.field('original_snapshot_namespace', decodeNamespaceType) };
    }
    if (code === 3) return decodeMirror(d);
    return { type: 'unknown', code, payload: d.raw(d.remaining) };
  });
}

function encodeMirror(e: Encoder, namespace: MirrorSnapshotNamespace): void {
  e.u8(MIRROR_SNAP_STATES.indexOf(namespace.state)).bool(namespace.complete);
  e.list(namespace.peerUuids, (each, uuid) => each.string(uuid)).string(namespace.primaryMirrorUuid);
  encodeSnapId(e, namespace.primarySnapId);
  e.u64(namespace.lastCopiedObject);
  e.list(namespace.snapSeqs, (each, [primary, own]) => {
    encodeSnapId(each, primary);
    encodeSnapId(each, own);
  });
}

function decodeMirror(d: Decoder): MirrorSnapshotNamespace {
  const code = d.field('mirror_state', (f) => f.u8());
  const state = MIRROR_SNAP_STATES[code];
  if (state === undefined) throw new CephError('EINVAL', `state ${code} of a mirror snapshot`);
  return {
    type: 'mirror',
    state,
    complete: d.field('complete', (f) => f.bool()),
    peerUuids: d.field('mirror_peer_uuids', (f) => f.list((each) => each.string())),
    primaryMirrorUuid: d.field('primary_mirror_uuid', (f) => f.string()),
    primarySnapId: d.field('primary_snap_id', decodeSnapId, showSnapId),
    lastCopiedObject: d.field('last_copied_object_number', (f) => f.u64()),
    snapSeqs: d.field('snap_seqs', (f) => f.list((each) => [decodeSnapId(each), decodeSnapId(each)] as const)),
  };
}

function decodeNamespaceType(decoder: Decoder): NamespaceType {
  const code = decoder.u32();
  const type = NAMESPACE_TYPES[code];
  if (type === undefined) throw new CephError('EINVAL', `snapshot namespace type ${code}`);
  return type;
}

function showNamespaceType(code: number): string {
  return `${code} (${NAMESPACE_TYPES[code] ?? 'unknown'})`;
}

function showSnapshotNamespace(namespace: SnapshotNamespace): string {
  return namespace.type === 'trash' ? `trash, was ${namespace.originalName}` : namespace.type;
}

export function sameSnapshotNamespace(a: SnapshotNamespace, b: SnapshotNamespace): boolean {
  const [x, y] = [a, b].map((namespace) => encode((e) => encodeSnapshotNamespace(e, namespace)));
  return x !== undefined && y !== undefined && equalBytes(x, y);
}
