import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { Decoder, encode } from '../../../../src/engine/codec/denc.ts';
import {
  decodeGroupImageSpec,
  decodeGroupImageStatus,
  decodeGroupSnapshot,
  decodeGroupSpec,
  decodeImageSnapshotSpec,
  encodeGroupImageSpec,
  encodeGroupImageStatus,
  encodeGroupSnapshot,
  encodeGroupSpec,
  encodeImageSnapshotSpec,
  groupImageKey,
  groupImageOfKey,
} from '../../../../src/engine/codec/rbd-group-codec.ts';
import { dencoderTests } from './recorded.ts';

function same<T>(bytes: Uint8Array, read: (decoder: Decoder) => T, write: (value: T) => Uint8Array): T {
  const decoder = new Decoder(bytes);
  const value = read(decoder);
  expect(decoder.remaining).toBe(0);
  expect(hexOf(write(value))).toBe(hexOf(bytes));
  return value;
}

describe('groups as ceph-dencoder writes them', () => {
  it.each(dencoderTests('cls_rbd_GroupSpec'))('GroupSpec (%#)', ({ bytes, json }) => {
    expect(same(bytes, decodeGroupSpec, encodeGroupSpec)).toEqual({ groupId: json.group_id, pool: json.pool_id });
  });
  it.each(dencoderTests('cls_rbd_GroupImageSpec'))('GroupImageSpec (%#)', ({ bytes, json }) => {
    const spec = same(bytes, decodeGroupImageSpec, encodeGroupImageSpec);
    expect(spec).toEqual({ imageId: json.image_id, pool: json.pool_id });
    expect(groupImageOfKey(groupImageKey(spec))).toEqual(spec);
  });
  it.each(dencoderTests('cls_rbd_GroupImageStatus'))('GroupImageStatus (%#)', ({ bytes, json }) => {
    const { spec, state } = same(bytes, decodeGroupImageStatus, encodeGroupImageStatus);
    expect({ image_id: spec.imageId, pool_id: spec.pool, state }).toEqual(json);
  });
  it.each(dencoderTests('cls_rbd_GroupSnapshot'))('GroupSnapshot (%#)', ({ bytes, json }) => {
    const { id, name, state } = same(bytes, decodeGroupSnapshot, encodeGroupSnapshot);
    expect({ id, name, state: state === 'complete' ? 1 : 0 }).toEqual(json);
  });
  it.each(dencoderTests('cls_rbd_ImageSnapshotSpec'))('ImageSnapshotSpec (%#)', ({ bytes, json }) => {
    const { pool, imageId, snapId } = same(bytes, decodeImageSnapshotSpec, encodeImageSnapshotSpec);
    expect({ pool, image_id: imageId, snap_id: snapId }).toEqual(json);
  });
  it('a snapshot with the parts of its images', () => {
    const snaps = [
      { pool: 2, imageId: '107a88fd7068', snapId: 3 },
      { pool: 3, imageId: '10806c813478', snapId: 3 },
    ];
    same(
      encodeGroupSnapshot({ id: '10c2', name: 'gs1', state: 'complete', snaps }),
      decodeGroupSnapshot,
      encodeGroupSnapshot,
    );
  });
  it('refuses states that there are not', () => {
    const bytes = encode((e) => e.struct(1, 1, (s) => s.string('a').string('b').u8(7).u32(0)));
    expect(() => decodeGroupSnapshot(new Decoder(bytes))).toThrow('state of a group snapshot 7');
  });
});

describe('the key of an image in its group', () => {
  it('is its pool as 16 hex digits and its id', () => {
    expect(groupImageKey({ pool: 18, imageId: '107a' })).toBe('image_0000000000000012_107a');
  });
  it('is refused in another shape', () => {
    expect(() => groupImageOfKey('image_12')).toThrow('key image_12 of a group');
  });
});
