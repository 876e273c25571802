import { CephError } from '../base/errno.ts';
import { type Decoder, type Encoder, encode } from './denc.ts';
import {
  GROUP_IMAGE_STATES,
  GROUP_SNAP_STATES,
  type GroupImageSpec,
  type GroupImageState,
  type GroupImageStatus,
  type GroupSnapshot,
  type GroupSpec,
  type ImageSnapshotSpec,
} from './rbd-types.ts';
import { decodeSnapId, encodeSnapId, showSnapId } from './u64.ts';

/**
 * The value under `rbd_group_ref` in the header of an image that is in a group.
 * @ceph src/cls/rbd/cls_rbd_types.cc GroupSpec::encode — exact, version 1
 */
export function encodeGroupSpec({ pool, groupId }: GroupSpec): Uint8Array {
  return encode((encoder) => encoder.struct(1, 1, (e) => e.s64(pool).string(groupId)));
}

export function decodeGroupSpec(decoder: Decoder): GroupSpec {
  return decoder.struct(1, (d) => {
    const pool = d.field('pool_id', (f) => f.s64());
    return { pool, groupId: d.field('group_id', (f) => f.string()) };
  });
}

/** @ceph src/cls/rbd/cls_rbd_types.cc GroupImageSpec::encode — exact, version 1 */
export function encodeGroupImageSpec(spec: GroupImageSpec): Uint8Array {
  return encode((e) => putImageSpec(e, spec));
}

export function decodeGroupImageSpec(decoder: Decoder): GroupImageSpec {
  return decoder.struct(1, (d) => {
    const imageId = d.field('image_id', (f) => f.string());
    return { imageId, pool: d.field('pool_id', (f) => f.s64()) };
  });
}

function putImageSpec(encoder: Encoder, { imageId, pool }: GroupImageSpec): void {
  encoder.struct(1, 1, (e) => e.string(imageId).s64(pool));
}

/** @ceph src/cls/rbd/cls_rbd_types.cc GroupImageStatus::encode — exact, version 1 */
export function encodeGroupImageStatus({ spec, state }: GroupImageStatus): Uint8Array {
  return encode((encoder) =>
    encoder.struct(1, 1, (e) => {
      putImageSpec(e, spec);
      e.u8(GROUP_IMAGE_STATES.indexOf(state));
    }),
  );
}

export function decodeGroupImageStatus(decoder: Decoder): GroupImageStatus {
  return decoder.struct(1, (d) => {
    const spec = decodeGroupImageSpec(d);
    return { spec, state: d.field('state', decodeGroupImageState) };
  });
}

/** The value under a group's key of an image is the state alone. */
export function encodeGroupImageState(state: GroupImageState): Uint8Array {
  return encode((e) => e.u8(GROUP_IMAGE_STATES.indexOf(state)));
}

export function decodeGroupImageState(decoder: Decoder): GroupImageState {
  return oneOf(GROUP_IMAGE_STATES, decoder.u8(), 'state of an image in a group');
}

const IMAGE_KEY_PREFIX = 'image_';

/** The key of an image in `rbd_group_header.ID`: its pool as 16 hex digits, and its id. */
export function groupImageKey({ imageId, pool }: GroupImageSpec): string {
  return `${IMAGE_KEY_PREFIX}${pool.toString(16).padStart(16, '0')}_${imageId}`;
}

/** What such a key says. EIO for one of another shape. @ceph src/cls/rbd/cls_rbd_types.cc GroupImageSpec::from_key — exact */
export function groupImageOfKey(key: string): GroupImageSpec {
  const match = /^image_([0-9a-f]+)_(.*)$/.exec(key);
  if (match === null) throw new CephError('EIO', `key ${key} of a group`);
  return { pool: Number.parseInt(match[1] ?? '', 16), imageId: match[2] ?? '' };
}

/** @ceph src/cls/rbd/cls_rbd_types.cc ImageSnapshotSpec::encode — exact, version 1 */
export function encodeImageSnapshotSpec(spec: ImageSnapshotSpec): Uint8Array {
  return encode((e) => putImageSnapshot(e, spec));
}

export function decodeImageSnapshotSpec(decoder: Decoder): ImageSnapshotSpec {
  return decoder.struct(1, (d) => {
    const pool = d.field('pool', (f) => f.s64());
    const imageId = d.field('image_id', (f) => f.string());
    return { pool, imageId, snapId: d.field('snap_id', decodeSnapId, showSnapId) };
  });
}

function putImageSnapshot(encoder: Encoder, { pool, imageId, snapId }: ImageSnapshotSpec): void {
  encoder.struct(1, 1, (e) => {
    e.s64(pool).string(imageId);
    encodeSnapId(e, snapId);
  });
}

/**
 * A value under `snapshot_ID` in `rbd_group_header.ID`.
 * @ceph src/cls/rbd/cls_rbd_types.cc GroupSnapshot::encode — exact, version 1
 */
export function encodeGroupSnapshot({ id, name, state, snaps }: GroupSnapshot): Uint8Array {
  return encode((encoder) =>
    encoder.struct(1, 1, (e) => {
      e.string(id).string(name).u8(GROUP_SNAP_STATES.indexOf(state));
      e.list(snaps, (item, snap) => putImageSnapshot(item, snap));
    }),
  );
}

export function decodeGroupSnapshot(decoder: Decoder): GroupSnapshot {
  return decoder.struct(1, (d) => {
    const id = d.field('id', (f) => f.string());
    const name = d.field('name', (f) => f.string());
    const state = d.field('state', (f) => oneOf(GROUP_SNAP_STATES, f.u8(), 'state of a group snapshot'));
    return { id, name, state, snaps: d.list(decodeImageSnapshotSpec) };
  });
}

function oneOf<T>(values: readonly T[], code: number, what: string): T {
  const value = values[code];
  if (value === undefined) throw new CephError('EINVAL', `${what} ${code}`);
  return value;
}
