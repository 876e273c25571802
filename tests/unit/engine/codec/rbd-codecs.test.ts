import { describe, expect, it } from 'vitest';
import { bytesOfHex, hexOf } from '../../../../src/engine/base/bytes.ts';
import { byteStringOf } from '../../../../src/engine/base/utf8.ts';
import { decodeLockInfo, encodeLockInfo } from '../../../../src/engine/codec/cls-lock-codec.ts';
import { Decoder, encode, type Field } from '../../../../src/engine/codec/denc.ts';
import { describeValue } from '../../../../src/engine/codec/describe.ts';
import {
  childrenKey,
  decodeChildIds,
  decodeChildrenKey,
  decodeChildSpecs,
  encodeChildIds,
  encodeChildSpecs,
} from '../../../../src/engine/codec/rbd-children-codec.ts';
import { decodeParent, encodeParent } from '../../../../src/engine/codec/rbd-parent-codec.ts';
import {
  decodeSnap,
  decodeSnapshotNamespace,
  encodeSnap,
  encodeSnapshotNamespace,
} from '../../../../src/engine/codec/rbd-snap-codec.ts';
import { decodeTrashSpec, encodeTrashSpec } from '../../../../src/engine/codec/rbd-trash-codec.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import { dencoderTests, foundEncodings, recordedOmap } from './recorded.ts';

/** The bytes with the nanoseconds of every time cut to whole microseconds, which is what the engine's clock has. */
function wholeMicroseconds(bytes: Uint8Array, fields: readonly Field[]): Uint8Array {
  const out = bytes.slice();
  const view = new DataView(out.buffer);
  for (const { off, len, name } of fields)
    if (len === 8 && /time|expiration/.test(name)) {
      const nanoseconds = view.getUint32(off + 4, true);
      view.setUint32(off + 4, nanoseconds - (nanoseconds % 1000), true);
    }
  return out;
}

function expectSame<T>(bytes: Uint8Array, read: (decoder: Decoder) => T, write: (value: T) => Uint8Array): T {
  const fields: Field[] = [];
  const decoder = new Decoder(bytes, fields);
  const value = read(decoder);
  expect(decoder.remaining).toBe(0);
  expect(hexOf(write(value))).toBe(hexOf(wholeMicroseconds(bytes, fields)));
  return value;
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error('null');
  return value;
}

describe('cls_rbd_snap', () => {
  const recorded = [...dencoderTests('cls_rbd_snap'), ...foundEncodings('cls_rbd_snap')];
  it.each(recorded)('reads and writes version 8 (%#)', ({ bytes, json }) => {
    const snap = expectSame(bytes, decodeSnap, encodeSnap);
    expect(snap.name).toBe(json.name);
    expect(snap.imageSize).toBe(json.image_size);
    expect(snap.protection).toBe(json.protection_status);
    expect(snap.childCount).toBe(json.child_count);
    expect(snap.parentOverlap ?? undefined).toBe(json.parent_overlap);
    expect(snap.id === NOSNAP || snap.id === json.id).toBe(true);
  });
  it('was tried on everything that was recorded', () => expect(recorded.length).toBe(16));
});

describe('cls_rbd_parent', () => {
  const recorded = [...dencoderTests('cls_rbd_parent'), ...foundEncodings('cls_rbd_parent')];
  it.each(recorded.filter(({ json }) => json.pool_id !== -1))('reads and writes version 2 (%#)', ({ bytes, json }) => {
    const { spec, headOverlap } = must(expectSame(bytes, decodeParent, (value) => encodeParent(must(value))));
    expect(spec).toEqual({
      pool: json.pool_id,
      nspace: json.pool_namespace,
      imageId: json.image_id,
      snapId: json.snap_id,
    });
    expect(headOverlap ?? undefined).toBe(json.head_overlap);
  });
  it('reads the record of no parent as null', () => {
    const [none] = recorded.filter(({ json }) => json.pool_id === -1);
    expect(decodeParent(new Decoder(must(none ?? null).bytes))).toBeNull();
  });
  it('reads version 1, which has no namespace', () => {
    const bytes = encode((e) => e.struct(1, 1, (s) => s.s64(2).string('abc').u64(4).u64(1000)));
    const expected = { spec: { pool: 2, nspace: '', imageId: 'abc', snapId: 4 }, headOverlap: 1000 };
    expect(decodeParent(new Decoder(bytes))).toEqual(expected);
  });
});

describe('snapshot namespaces', () => {
  it.each(dencoderTests('cls_rbd_SnapshotNamespace'))('reads and writes $json.snapshot_namespace_type (%#)', (one) => {
    const namespace = expectSame(one.bytes, decodeSnapshotNamespace, (value) =>
      encode((e) => encodeSnapshotNamespace(e, value)),
    );
    const type = one.json.snapshot_namespace_type;
    expect(namespace.type).toBe(type);
  });
});

describe('an old snapshot, with the parent in it', () => {
  it('is read from version 4', () => {
    const bytes = encode((e) =>
      e.struct(4, 1, (s) => {
        s.u64(7).string('old').u64(4096).u64(1);
        s.struct(1, 1, (p) => p.s64(3).string('mum').u64(5).u64(2048));
        s.u8(2).u64(0);
      }),
    );
    const snap = decodeSnap(new Decoder(bytes));
    expect(snap).toMatchObject({ id: 7, name: 'old', protection: 'protected', parentOverlap: null });
    expect(snap.legacyParent).toEqual({
      spec: { pool: 3, nspace: '', imageId: 'mum', snapId: 5 },
      headOverlap: 2048,
    });
  });
});

describe('locks', () => {
  it.each(dencoderTests('lock_info_t'))('reads and writes lock_info_t (%#)', ({ bytes, json }) => {
    const info = expectSame(bytes, decodeLockInfo, encodeLockInfo);
    expect(info.tag).toBe(json.tag);
  });
  it('reads who holds it, and from where', () => {
    const [first] = dencoderTests('lock_info_t');
    expect(decodeLockInfo(new Decoder(must(first ?? null).bytes))).toEqual({
      type: 'exclusive',
      tag: 'tag',
      lockers: [
        { client: 1, cookie: 'cookie', expiration_us: 5e6, address: '127.0.1.2:2/1', description: 'description' },
      ],
    });
  });
});

describe('the lock of `rbd lock add a lk1` on 20.2.4', () => {
  const hex =
    '0101540000000100000001011000000' +
    '0082d10000000000000030000006c6b3101012f0000000000000000000000010101' +
    '1c00000001000000eacbb38110000000020000007f00000100000000000000000000000001' +
    '00000000';
  it('is read and written so', () => {
    const info = expectSame(bytesOfHex(hex), decodeLockInfo, encodeLockInfo);
    expect(info).toEqual({
      type: 'exclusive',
      tag: '',
      lockers: [{ client: 4141, cookie: 'lk1', expiration_us: 0, address: '127.0.0.1:0/2176044010', description: '' }],
    });
  });
});

describe('omap values of the transcripts', () => {
  const all = recordedOmap();
  const of = (oid: RegExp, key: RegExp) => all.filter((one) => oid.test(one.oid) && key.test(byteStringOf(one.key)));

  it('are all understood, to the last byte', () => {
    const unread = all.filter(({ oid, key, value }) => describeValue(oid, 'omap', byteStringOf(key), value) === null);
    const names = unread.map(({ oid, key }) => `${oid} ${byteStringOf(key)}`);
    // Free text: image metadata; and the empty values of namespaces.
    expect(names.filter((name) => !/^rbd_header.* metadata_|^rbd_namespace /.test(name))).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  it('snapshots', () => {
    const snaps = of(/^rbd_header/, /^snapshot_/);
    for (const { value } of snaps) expectSame(value, decodeSnap, encodeSnap);
    expect(snaps.length).toBeGreaterThan(10);
  });

  it('parents', () => {
    const parents = of(/^rbd_header/, /^parent$/);
    for (const { value } of parents) expectSame(value, decodeParent, (parent) => encodeParent(must(parent)));
    expect(parents.length).toBeGreaterThan(2);
  });

  it('children of format 1: binary keys, sets of ids', () => {
    const children = of(/^rbd_children/, /./);
    for (const { key, value } of children) {
      expect(hexOf(key)).toBe(hexOf(expectKey(key)));
      expectSame(value, decodeChildIds, encodeChildIds);
    }
    expect(children.length).toBeGreaterThan(2);
  });

  it('children of format 2', () => {
    const children = of(/^rbd_header/, /^snap_children_/);
    for (const { value } of children) expectSame(value, decodeChildSpecs, encodeChildSpecs);
    expect(children.length).toBeGreaterThan(0);
  });

  it('the trash', () => {
    const trashed = of(/^rbd_trash/, /^id_/);
    for (const { value } of trashed) {
      const spec = expectSame(value, decodeTrashSpec, encodeTrashSpec);
      expect(spec).toMatchObject({ source: 'user', name: 'a', state: 'normal' });
    }
    expect(trashed.length).toBe(1);
  });
});

function expectKey(key: Uint8Array): Uint8Array {
  const text = childrenKey(decodeChildrenKey(new Decoder(key)));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
