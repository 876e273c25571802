import { CephError } from '../base/errno.ts';
import { type ByteString, bytesOfByteString, textOfByteString, utf8Decode } from '../base/utf8.ts';
import { decodeLockInfo, LOCK_XATTR_PREFIX } from './cls-lock-codec.ts';
import { Decoder, type Field } from './denc.ts';
import { decodeObjectInfo } from './object-info-codec.ts';
import { decodeObjectMap } from './object-map-codec.ts';
import { decodeChildIds, decodeChildrenKey, decodeChildSpecs } from './rbd-children-codec.ts';
import { readHeaderV1 } from './rbd-header-v1-codec.ts';
import { decodeParent } from './rbd-parent-codec.ts';
import { decodeSnap, FLAG_NAMES } from './rbd-snap-codec.ts';
import { decodeTrashSpec } from './rbd-trash-codec.ts';
import { DIRECTORY_STATES, FEATURE_BIT_NAMES } from './rbd-types.ts';
import { showBits, showTime } from './show.ts';
import { decodeSnapSet } from './snapset-codec.ts';

/** Bytes of an object, read: what they are, and what each range of them means. */
export interface Described {
  /** Ceph's name of the type, as `cls_rbd_snap`. */
  readonly type: string;
  /** In the order of their places, the outer before what is in it. */
  readonly fields: readonly Field[];
}

/** Which bytes of an object are meant. */
export type Part = 'data' | 'omap' | 'xattr';

interface Reader {
  readonly type: string;
  read(decoder: Decoder): unknown;
}

/**
 * Reads bytes that Ceph stores, for people to look at: the value of an omap key or an xattr, or an object's data.
 * Null where nothing is known of them, or where they are not what they should be; it never throws on bytes.
 */
export function describeValue(oid: string, part: Part, key: ByteString, bytes: Uint8Array): Described | null {
  const reader = readerOf(oid, part, textOfByteString(key));
  return reader === null ? null : readAll(reader, bytes);
}

/** The same for a key: only `rbd_children` has binary ones. */
export function describeKey(oid: string, key: ByteString): Described | null {
  if (oid !== 'rbd_children') return null;
  return readAll({ type: 'parent of clones', read: decodeChildrenKey }, bytesOfByteString(key));
}

function readAll({ type, read }: Reader, bytes: Uint8Array): Described | null {
  const fields: Field[] = [];
  const decoder = new Decoder(bytes, fields);
  try {
    read(decoder);
  } catch (error) {
    if (error instanceof CephError) return null;
    throw error;
  }
  if (decoder.remaining > 0) return null;
  return { type, fields: fields.sort((a, b) => a.off - b.off || a.depth - b.depth || b.len - a.len) };
}

function readerOf(oid: string, part: Part, key: string): Reader | null {
  if (part === 'xattr') return xattrReader(key);
  if (part === 'data') return dataReader(oid);
  if (oid.startsWith('rbd_header.')) return headerReader(key);
  if (oid === 'rbd_directory' || oid === 'rbd_namespace') return directoryReader(key);
  if (oid === 'rbd_children') return { type: 'set of image ids', read: decodeChildIds };
  if (oid === 'rbd_trash' && key.startsWith('id_')) return { type: 'cls::rbd::TrashImageSpec', read: decodeTrashSpec };
  return null;
}

function xattrReader(name: string): Reader | null {
  if (name === '_') return { type: 'object_info_t', read: decodeObjectInfo };
  if (name === 'snapset') return { type: 'SnapSet', read: decodeSnapSet };
  if (name.startsWith(LOCK_XATTR_PREFIX) || name.startsWith(`_${LOCK_XATTR_PREFIX}`))
    return { type: 'lock_info_t', read: decodeLockInfo };
  return null;
}

function dataReader(oid: string): Reader | null {
  if (oid.startsWith('rbd_id.')) return stringReader('image id');
  if (oid.endsWith('.rbd')) return { type: 'rbd_obj_header_ondisk', read: readHeaderV1 };
  if (oid.startsWith('rbd_object_map.')) return { type: 'BitVector<2>', read: decodeObjectMap };
  return null;
}

function directoryReader(key: string): Reader | null {
  if (key.startsWith('name_')) return stringReader('image id');
  if (key.startsWith('id_')) return stringReader('image name');
  if (key === 'state')
    return plain(
      'cls::rbd::DirectoryState',
      'state',
      (d) => d.u8(),
      (code) => DIRECTORY_STATES[code] ?? String(code),
    );
  return null;
}

function headerReader(key: string): Reader | null {
  if (key.startsWith('snapshot_')) return { type: 'cls_rbd_snap', read: decodeSnap };
  if (key.startsWith('snap_children_')) return { type: 'set of cls::rbd::ChildImageSpec', read: decodeChildSpecs };
  return HEADER_READERS.get(key) ?? null;
}

const HEADER_READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'size',
    plain(
      'uint64_t',
      'size',
      (d) => d.u64(),
      (size) => `${size} bytes`,
    ),
  ],
  [
    'order',
    plain(
      'uint8_t',
      'order',
      (d) => d.u8(),
      (order) => `${order} (objects of ${2 ** order} bytes)`,
    ),
  ],
  ['features', plain('uint64_t', 'features', (d) => d.u64(), showBits(FEATURE_BIT_NAMES))],
  [
    'op_features',
    plain('uint64_t', 'op_features', (d) => d.u64(), showBits(['clone-parent', 'clone-child', 'group', 'snap-trash'])),
  ],
  ['flags', plain('uint64_t', 'flags', (d) => d.u64(), showBits(FLAG_NAMES))],
  ['object_prefix', stringReader('object_prefix')],
  ['snap_seq', plain('uint64_t', 'snap_seq', (d) => d.u64())],
  ['snap_limit', plain('uint64_t', 'snap_limit', (d) => d.u64())],
  [
    'stripe_unit',
    plain(
      'uint64_t',
      'stripe_unit',
      (d) => d.u64(),
      (unit) => `${unit} bytes`,
    ),
  ],
  ['stripe_count', plain('uint64_t', 'stripe_count', (d) => d.u64())],
  ['data_pool_id', plain('int64_t', 'data_pool_id', (d) => d.s64())],
  ['create_timestamp', timeReader('create_timestamp')],
  ['access_timestamp', timeReader('access_timestamp')],
  ['modify_timestamp', timeReader('modify_timestamp')],
  ['parent', { type: 'cls_rbd_parent', read: decodeParent }],
]);

function plain(
  type: string,
  name: string,
  read: (decoder: Decoder) => number,
  show?: (value: number) => string,
): Reader {
  return { type, read: (decoder) => decoder.field(name, read, show) };
}

function stringReader(name: string): Reader {
  return {
    type: 'string',
    read: (decoder) => {
      const length = decoder.field('length', (d) => d.u32());
      return decoder.field(name, (d) => utf8Decode(d.raw(length)));
    },
  };
}

function timeReader(name: string): Reader {
  return { type: 'utime_t', read: (decoder) => decoder.field(name, (d) => d.utime(), showTime) };
}
