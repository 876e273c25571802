import { describe, expect, it } from 'vitest';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import {
  decodeHeaderV1,
  encodeHeaderV1,
  HEADER_V1_BYTES,
  HEADER_V1_SIZE_AT,
  type HeaderV1,
} from '../../../../src/engine/codec/rbd-header-v1-codec.ts';
import { encodeOldParent } from '../../../../src/engine/codec/rbd-parent-codec.ts';
import { decodeSnap, encodeOldSnap } from '../../../../src/engine/codec/rbd-snap-codec.ts';
import { USER_NAMESPACE } from '../../../../src/engine/codec/rbd-types.ts';
import { decodeTmap, encodeTmap } from '../../../../src/engine/codec/tmap-codec.ts';

const HEADER: HeaderV1 = {
  blockName: 'rb.0.107a.6b8b4567',
  order: 22,
  cryptType: 0,
  compType: 0,
  imageSize: 32 * 1024 ** 2,
  snapSeq: 4,
  snaps: [{ id: 4, imageSize: 32 * 1024 ** 2, name: 's' }],
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('headers of images of format 1', () => {
  it('are the bytes that Ceph 20.2 writes', () => {
    const text = hex(utf8Encode('<<< Rados Block Device Image >>>\n')).padEnd(80, '0');
    const name = hex(utf8Encode('rb.0.107a.6b8b4567')).padEnd(48, '0');
    const fixed = `${text}${name}52424400${'3030312e30303500'}16000000`;
    const rest = '0000000200000000' + '0400000000000000' + '0100000000000000' + '0200000000000000';
    expect(hex(encodeHeaderV1(HEADER))).toBe(`${fixed}${rest}${'0400000000000000'}${'0000000200000000'}7300`);
    expect(encodeHeaderV1({ ...HEADER, snaps: [] })).toHaveLength(HEADER_V1_BYTES);
  });

  it('come back as they were, several snapshots with names of several bytes', () => {
    const snaps = [
      { id: 9, imageSize: 7, name: 'größe' },
      { id: 5, imageSize: 2 ** 40, name: 'b' },
    ];
    expect(decodeHeaderV1(encodeHeaderV1({ ...HEADER, snaps }))).toEqual({ ...HEADER, snaps });
  });

  it('have the size where a resize writes it', () => {
    const view = new DataView(encodeHeaderV1(HEADER).buffer);
    expect(view.getBigUint64(HEADER_V1_SIZE_AT, true)).toBe(BigInt(HEADER.imageSize));
  });

  it('are refused where they are cut off or something else', () => {
    const bytes = encodeHeaderV1(HEADER);
    for (let length = 0; length < bytes.length - 1; length++) {
      expect(() => decodeHeaderV1(bytes.subarray(0, length)), `${length} bytes`).toThrow(CephError);
    }
    expect(() => decodeHeaderV1(bytes.with(0, 0x3d))).toThrow(CephError);
    expect(() => decodeHeaderV1(bytes.with(96, 200))).toThrow(CephError);
  });
});

describe('trivial maps', () => {
  it('are the bytes that rbd_directory has for one image', () => {
    const entries = new Map([['old1', new Uint8Array()]]);
    expect(hex(encodeTmap({ header: new Uint8Array(), entries }))).toBe('0000000001000000040000006f6c643100000000');
  });

  it('are empty without bytes, and sorted by key', () => {
    expect(decodeTmap(new Uint8Array()).entries.size).toBe(0);
    const entries = new Map(['b', 'a'].map((key) => [key, utf8Encode(key)]));
    expect([...decodeTmap(encodeTmap({ header: utf8Encode('h'), entries })).entries.keys()]).toEqual(['a', 'b']);
  });
});

describe('records of Firefly', () => {
  const snap = {
    id: 6,
    name: 'snap1',
    imageSize: 100 * 1024 ** 3,
    protection: 'unprotected',
    flags: 0,
    namespace: USER_NAMESPACE,
    timestamp_us: 0,
    childCount: 0,
    parentOverlap: null,
    legacyParent: null,
  } as const;

  it('of a snapshot are version 3, with features and a parent', () => {
    const bytes = encodeOldSnap(snap, 1);
    expect(bytes).toHaveLength(74);
    expect(hex(bytes)).toBe(
      '030144000000060000000000000005000000736e617031000000001900000001' +
        '0000000000000001011c000000ffffffffffffffff00000000feffffffffffffff000000000000000000',
    );
    expect(decodeSnap(new Decoder(bytes))).toEqual(snap);
  });

  it('of a parent are version 1, without a namespace', () => {
    const spec = { pool: 8, nspace: '', imageId: 'a9532ae8944a', snapId: 14 };
    expect(hex(encodeOldParent({ spec, headOverlap: 100 * 1024 ** 3 }))).toBe(
      '01012800000008000000000000000c000000613935333261653839343461' + '0e000000000000000000000019000000',
    );
  });
});
