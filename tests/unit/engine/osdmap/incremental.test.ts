import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../../../src/engine/osdmap/encode.ts';
import { type Incremental, PLAIN_INCREMENTAL } from '../../../../src/engine/osdmap/incremental.ts';
import { applyIncremental, fullCrcMatches } from '../../../../src/engine/osdmap/incremental-apply.ts';
import { decodeIncremental } from '../../../../src/engine/osdmap/incremental-decode.ts';
import { encodeIncremental } from '../../../../src/engine/osdmap/incremental-encode.ts';
import { mapFaultOf } from '../../../../src/engine/osdmap/map-fault.ts';
import { sniffMapFile } from '../../../../src/engine/osdmap/sniff.ts';

const recorded = new URL('../../../conformance/', import.meta.url);

interface Epoch {
  readonly epoch: number;
  readonly incremental: string;
  readonly full: string;
}

const { epochs }: { readonly epochs: readonly Epoch[] } = JSON.parse(
  String(gunzipSync(readFileSync(new URL('incremental/sequence.json.gz', recorded)))),
);
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the store of a real monitor', () => {
  test.each(
    epochs.slice(1).map((each, at) => ({ ...each, before: epochs[at]?.full ?? '' })),
  )('epoch $epoch: the incremental byte for byte, and the map that comes of it', ({ incremental, full, before }) => {
    const bytes = bytesOf(incremental);
    const inc = decodeIncremental(bytes);
    expect(hexOf(encodeIncremental(inc))).toBe(hexOf(bytes));
    const next = applyIncremental(decodeOsdMap(bytesOf(before)), inc);
    expect(hexOf(encodeOsdMap(next))).toBe(hexOf(bytesOf(full)));
    expect(fullCrcMatches(next, inc)).toBe(true);
    expect(next).toEqual(decodeOsdMap(bytesOf(full)));
  });

  test('all of them one after another, from the first on', () => {
    let map = decodeOsdMap(bytesOf(epochs[0]?.full ?? ''));
    for (const { incremental } of epochs.slice(1)) map = applyIncremental(map, decodeIncremental(bytesOf(incremental)));
    expect(hexOf(encodeOsdMap(map))).toBe(hexOf(bytesOf(epochs.at(-1)?.full ?? '')));
  });

  test('each file says what it is', () => {
    for (const { epoch, incremental, full } of epochs) {
      expect(sniffMapFile(bytesOf(incremental)), String(epoch)).toBe('incremental');
      expect(sniffMapFile(bytesOf(full)), String(epoch)).toBe('osdmap');
    }
  });
});

test('instances of ceph-dencoder', () => {
  const { tests } = JSON.parse(readFileSync(new URL('dencoder/OSDMap_Incremental.json', recorded), 'utf8'));
  for (const { hex } of tests) expect(hexOf(encodeIncremental(decodeIncremental(Buffer.from(hex, 'hex'))))).toBe(hex);
});

describe('what does not fit is refused', () => {
  const map = decodeOsdMap(bytesOf(epochs[40]?.full ?? ''));
  const apply = (some: Partial<Incremental>) =>
    applyIncremental(map, { ...PLAIN_INCREMENTAL, fsid: map.fsid, epoch: map.epoch + 1, ...some });

  test('another cluster, another epoch, an OSD beyond max_osd, snapshots that nobody removed', () => {
    expect(apply({}).epoch).toBe(map.epoch + 1);
    expect(() => apply({ fsid: '00000000-0000-0000-0000-000000000001' })).toThrow(/of cluster/);
    expect(() => apply({ epoch: map.epoch + 2 })).toThrow(/makes epoch/);
    expect(() => apply({ newWeight: new Map([[map.maxOsd, 1]]) })).toThrow(/osd.\d+ where max_osd is/);
    expect(() => apply({ newMaxOsd: 0x7fffffff })).toThrow(/max_osd/);
    expect(() => apply({ newPurgedSnaps: new Map([[1, [{ off: 1, len: 1 }]]]) })).toThrow(/waits for none/);
    expect(() => apply({ crush: new Uint8Array(9) })).toThrow(/not a CRUSH map/);
    expect(fullCrcMatches(apply({}), { ...PLAIN_INCREMENTAL, fullCrc: 1 })).toBe(false);
  });

  test('a damaged one, with the field', () => {
    const bytes = bytesOf(epochs[40]?.incremental ?? '');
    const damaged = Uint8Array.from(bytes, (byte, at) => (at === 60 ? byte ^ 1 : byte));
    const faultOf = (read: Uint8Array) => {
      try {
        decodeIncremental(read);
      } catch (error) {
        return mapFaultOf(error);
      }
      return undefined;
    };
    expect(faultOf(damaged)?.code).toBe('corrupt');
    expect(faultOf(bytes.subarray(0, 99))).toMatchObject({ code: 'truncated', offset: 2 });
  });
});
