import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { initialOsdMap } from '../../../../src/engine/osdmap/build.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';

const RECORDED = gunzipSync(
  readFileSync(new URL('../../../conformance/placement/story-a-osdmap.bin.gz', import.meta.url)),
);

/** Without what depends on how fast the recorded OSDs came up, and on where they ran. */
function withoutTimes(map: OsdMap) {
  const osds = map.osds.map((osd) => osd && { ...osd, upFrom: 0, upThru: 0, extra: undefined });
  const pools = [...map.pools.values()].map((pool) => ({ ...pool, created_us: 0, lastChange: 0, extra: undefined }));
  return { ...map, osds, pools, extra: undefined };
}

test('a fresh map is the map of a recorded cluster that has just come up', () => {
  const recorded = decodeOsdMap(RECORDED);
  const { fsid, created_us, modified_us, epoch } = recorded;
  const built = initialOsdMap({ fsid, created_us, modified_us, epoch, osds: 9, osdsPerHost: 3 });
  expect(fsid).toBe('4a1e7ab0-5eed-4cef-8000-0000000c0ffe');
  expect(epoch).toBe(60);
  expect(withoutTimes(built)).toEqual(withoutTimes(recorded));
});

test('epochs at which OSDs booted rise and stay below the map epoch', () => {
  for (const osds of [1, 3, 9, 50]) {
    const map = initialOsdMap({ fsid: '', created_us: 0, osds, osdsPerHost: 3 });
    const upFrom = map.osds.map((osd) => osd?.upFrom ?? 0);
    expect(upFrom).toEqual([...new Set(upFrom)].sort((a, b) => a - b));
    expect(upFrom.at(-1)).toBeLessThan(map.epoch);
  }
});

test('a map cut short or damaged is refused with EINVAL, never read as another', () => {
  const bytes = new Uint8Array(RECORDED);
  for (let length = 0; length < bytes.length - 4; length += 7) {
    expect(() => decodeOsdMap(bytes.subarray(0, length)), `${length} bytes`).toThrow(CephError);
  }
});
