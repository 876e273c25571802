import { type Decoder, type Encoder, encode } from './denc.ts';
import type { ParentImageSpec } from './rbd-types.ts';
import { NOSNAP } from './snap.ts';
import { decodeOptionalU64, decodeSnapId, encodeOptionalU64, encodeSnapId, showOptional, showSnapId } from './u64.ts';

/** What a clone's header keeps of its parent under `parent`. */
export interface ParentRecord {
  readonly spec: ParentImageSpec;
  /** Bytes of the head that may come from the parent; null once the head is detached and only snapshots need it. */
  readonly headOverlap: number | null;
}

/**
 * @ceph src/cls/rbd/cls_rbd.h cls_rbd_parent::encode — exact, version 2
 */
export function encodeParent({ spec, headOverlap }: ParentRecord): Uint8Array {
  return encode((encoder) =>
    encoder.struct(2, 2, (e) => {
      e.s64(spec.pool).string(spec.nspace).string(spec.imageId);
      encodeSnapId(e, spec.snapId);
      encodeOptionalU64(e, headOverlap);
    }),
  );
}

/**
 * As it was before there were namespaces; null is the record of "no parent".
 * @ceph src/cls/rbd/cls_rbd.h cls_rbd_parent::encode — exact, version 1
 */
export function encodeOldParent(parent: ParentRecord | null): Uint8Array {
  return encode((encoder) => putOldParent(encoder, parent));
}

/** The same within another record. */
export function putOldParent(encoder: Encoder, parent: ParentRecord | null): void {
  encoder.struct(1, 1, (e) => {
    e.s64(parent?.spec.pool ?? -1).string(parent?.spec.imageId ?? '');
    encodeSnapId(e, parent?.spec.snapId ?? NOSNAP);
    e.u64(parent?.headOverlap ?? 0);
  });
}

/**
 * Reads version 1 (no namespace, overlap always there) and 2. Null for the record of "no parent", pool -1.
 * @ceph src/cls/rbd/cls_rbd.h cls_rbd_parent::decode — exact
 */
export function decodeParent(decoder: Decoder): ParentRecord | null {
  return decoder.struct(2, (d, version) => {
    const pool = d.field('pool_id', (f) => f.s64());
    const nspace = version >= 2 ? d.field('pool_namespace', (f) => f.string()) : '';
    const imageId = d.field('image_id', (f) => f.string());
    const snapId = d.field('snap_id', decodeSnapId, showSnapId);
    const headOverlap =
      version >= 2
        ? d.field('head_overlap', decodeOptionalU64, showOptional)
        : d.field('overlap', (f) => f.u64() || null, showOptional);
    return pool === -1 ? null : { spec: { pool, nspace, imageId, snapId }, headOverlap };
  });
}

export function sameParentSpec(a: ParentImageSpec, b: ParentImageSpec): boolean {
  return a.pool === b.pool && a.nspace === b.nspace && a.imageId === b.imageId && a.snapId === b.snapId;
}
