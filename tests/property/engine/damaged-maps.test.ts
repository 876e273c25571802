import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CephError } from '../../../src/engine/base/errno.ts';
import { freshCrushMap } from '../../../src/engine/crush/build.ts';
import { checkCrushMap } from '../../../src/engine/crush/check.ts';
import type { CrushMap } from '../../../src/engine/crush/crush-map.ts';
import { decodeOsdMap } from '../../../src/engine/osdmap/decode.ts';

const RECORDED = ['story-a-osdmap.bin.gz', 'choose-args/osdmap.bin.gz', 'upmaps/osdmap.bin.gz'].map((name) =>
  gunzipSync(readFileSync(new URL(`../../conformance/placement/${name}`, import.meta.url))),
);

const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });

test('a map with damaged bytes is read or refused, and nothing else happens', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...RECORDED), damage, (whole, changes) => {
      const bytes = new Uint8Array(whole);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      try {
        expect(decodeOsdMap(bytes).osds.length).toBeLessThan(100);
      } catch (error) {
        expect(error).toBeInstanceOf(CephError);
        refused++;
      }
    }),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(100);
});

const fresh = freshCrushMap({ osds: 4, osdsPerHost: 2 });

function withItems(id: number, items: number[]): CrushMap {
  const bucket = fresh.buckets.get(id);
  return bucket === undefined ? fresh : { ...fresh, buckets: new Map(fresh.buckets).set(id, { ...bucket, items }) };
}

test('a tree that cannot be walked is refused', () => {
  expect(checkCrushMap(fresh)).toBe(fresh);
  expect(() => checkCrushMap(withItems(-2, [0, -1]))).toThrow(/holds itself/);
  expect(() => checkCrushMap(withItems(-2, [0, -77]))).toThrow(/holds -77, which is not there/);
  const weightSets = [[1, 2, 3]];
  const chooseArgs = new Map([[-1, [{ bucketId: -2, ids: [], weightSets }]]]);
  expect(() => checkCrushMap({ ...fresh, chooseArgs })).toThrow(/choose_args of bucket -2/);
});
