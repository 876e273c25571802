import { type ByteString, byteStringOf, byteStringOfText } from '../base/utf8.ts';
import { type Decoder, encode } from './denc.ts';
import type { ChildImageSpec, ParentImageSpec } from './rbd-types.ts';
import { decodeSnapId, encodeSnapId, showSnapId } from './u64.ts';

/**
 * The binary key of `rbd_children` under which a parent's clones of format 1 stand: pool, image and snapshot.
 * @ceph src/cls/rbd/cls_rbd.cc parent_key — exact
 */
export function childrenKey(parent: ParentImageSpec): ByteString {
  return byteStringOf(
    encode((e) => {
      e.u64(parent.pool).string(parent.imageId);
      encodeSnapId(e, parent.snapId);
    }),
  );
}

/** The parent that a key of `rbd_children` names. */
export function decodeChildrenKey(decoder: Decoder): ParentImageSpec {
  const pool = decoder.field('pool_id', (f) => f.u64());
  const imageId = decoder.field('image_id', (f) => f.string());
  return { pool, nspace: '', imageId, snapId: decoder.field('snap_id', decodeSnapId, showSnapId) };
}

/** A value of `rbd_children`: `std::set<std::string>` of image ids. */
export function encodeChildIds(ids: readonly string[]): Uint8Array {
  return encode((e) => e.list([...ids].sort(byBytes), (item, id) => item.string(id)));
}

export function decodeChildIds(decoder: Decoder): readonly string[] {
  return decoder.list((d, index) => d.field(`image_id[${index}]`, (f) => f.string()));
}

/**
 * A value of `snap_children_%016x` in a parent's header: the set of its clones of format 2.
 * @ceph src/cls/rbd/cls_rbd_types.cc ChildImageSpec::encode — exact, version 2
 */
export function encodeChildSpecs(children: readonly ChildImageSpec[]): Uint8Array {
  return encode((e) =>
    e.list([...children].sort(compareChildSpecs), (item, child) =>
      item.struct(2, 1, (s) => s.s64(child.pool).string(child.imageId).string(child.nspace)),
    ),
  );
}

export function decodeChildSpecs(decoder: Decoder): readonly ChildImageSpec[] {
  return decoder.list((item) =>
    item.struct(2, (d, version) => {
      const pool = d.field('pool_id', (f) => f.s64());
      const imageId = d.field('image_id', (f) => f.string());
      const nspace = version >= 2 ? d.field('pool_namespace', (f) => f.string()) : '';
      return { pool, nspace, imageId };
    }),
  );
}

/** The order of the set: pool, namespace, image id. 0 for the same child. */
export function compareChildSpecs(a: ChildImageSpec, b: ChildImageSpec): number {
  return a.pool - b.pool || byBytes(a.nspace, b.nspace) || byBytes(a.imageId, b.imageId);
}

/** The order of `std::string`: byte by byte. */
function byBytes(a: string, b: string): number {
  const [x, y] = [byteStringOfText(a), byteStringOfText(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
