import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import {
  decodeObjectInfo,
  encodeObjectInfo,
  NO_DIGEST,
  type ObjectInfoValue,
} from '../../../../src/engine/codec/object-info-codec.ts';
import { showTime } from '../../../../src/engine/codec/show.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import { decodeSnapSet, encodeSnapSet } from '../../../../src/engine/codec/snapset-codec.ts';
import { dencoderTests, foundEncodings } from './recorded.ts';

describe('object_info_t', () => {
  const found = foundEncodings('object_info_t');

  it.each(found)('reads what FileStore kept (%#)', ({ bytes, json }) => {
    const decoder = new Decoder(bytes);
    const info = decodeObjectInfo(decoder);
    expect(decoder.remaining).toBe(0);
    const oid = json.oid as { oid: string; hash: number; pool: number; namespace: string };
    expect(info).toMatchObject({ oid: oid.oid, hash: oid.hash, pool: oid.pool, nspace: oid.namespace });
    expect(`${info.version.epoch}'${info.version.version}`).toBe(json.version);
    expect(`${info.priorVersion.epoch}'${info.priorVersion.version}`).toBe(json.prior_version);
    expect(`client.${info.lastRequest.client}.0:${info.lastRequest.tid}`).toBe(json.last_reqid);
    expect(info.userVersion).toBe(json.user_version);
    expect(info.size).toBe(json.size);
    expect(showTime(info.mtime_us)).toBe(json.mtime);
    expect(`0x${info.dataDigest.toString(16).padStart(8, '0')}`).toBe(json.data_digest);
  });

  it('was tried on seven', () => expect(found.length).toBe(7));

  it('is written as the release of today does', () => {
    const [recorded] = dencoderTests('object_info_t');
    const bytes = (recorded?.bytes ?? new Uint8Array()).slice();
    // The test instance is in pool -2^63, which no number here can be: 7 stands for it in both places.
    for (const at of [37, 51]) {
      expect(hexOf(bytes.subarray(at, at + 8))).toBe('0000000000000080');
      bytes.set([7, 0, 0, 0, 0, 0, 0, 0], at);
    }
    const written = encodeObjectInfo({ ...EMPTY, snap: 0, pool: 7 });
    expect(hexOf(written)).toBe(hexOf(bytes));
  });

  it('reads back what it writes, watchers and all', () => {
    const info: ObjectInfoValue = {
      ...EMPTY,
      oid: 'rbd_header.1',
      nspace: 'ns',
      pool: 2,
      hash: 0x36b2dadc,
      version: { epoch: 12, version: 34 },
      lastRequest: { client: 4123, tid: 7 },
      size: 5,
      mtime_us: 1_795_347_686_123_456,
      flags: 12,
      watchers: [
        { client: 4123, cookie: 18446462598, address: '10.0.0.1:0/77' },
        { client: 4124, cookie: 1, address: '10.0.0.1:0/78' },
      ],
    };
    expect(decodeObjectInfo(new Decoder(encodeObjectInfo(info)))).toEqual(info);
  });
});

const EMPTY: ObjectInfoValue = {
  oid: '',
  locator: '',
  nspace: '',
  pool: 0,
  hash: 0,
  snap: NOSNAP,
  version: { epoch: 0, version: 0 },
  priorVersion: { epoch: 0, version: 0 },
  lastRequest: { client: 0, tid: 0 },
  userVersion: 0,
  size: 0,
  mtime_us: 0,
  localMtime_us: 0,
  flags: 0,
  dataDigest: NO_DIGEST,
  omapDigest: NO_DIGEST,
  expectedObjectSize: 0,
  expectedWriteSize: 0,
  allocHintFlags: 0,
  watchers: [],
};

describe('SnapSet', () => {
  it.each([...dencoderTests('SnapSet'), ...foundEncodings('SnapSet')])('reads and writes $json (%#)', (one) => {
    const { bytes, json } = one;
    const value = decodeSnapSet(new Decoder(bytes));
    expect(value.seq).toBe(json.seq);
    expect(hexOf(encodeSnapSet(value))).toBe(hexOf(bytes));
  });

  it('keeps clones, what they share, and the snapshots that they serve', () => {
    const value = {
      seq: 9,
      clones: [
        {
          id: 4,
          size: 4194304,
          overlap: [
            { off: 0, len: 4096 },
            { off: 8192, len: 100 },
          ],
          snaps: [4, 3],
        },
        { id: 9, size: 10, overlap: [], snaps: [9] },
      ],
    };
    expect(decodeSnapSet(new Decoder(encodeSnapSet(value)))).toEqual(value);
  });
});
