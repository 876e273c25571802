import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesData,
  bytesOfData,
  concatData,
  type Data,
  fillData,
  holeData,
  overwriteData,
  randomData,
  type StripeCode,
  type Stripes,
  sliceData,
} from '../../../../src/engine/base/data.ts';
import { codecOf } from '../../../../src/engine/erasure-code/profile.ts';
import { encodeObject, stripeInfo, stripeWidthOf } from '../../../../src/engine/erasure-code/stripe.ts';
import { NO_SNAPSET, newOnode, type Onode } from '../../../../src/engine/os/onode.ts';
import { gatherObject, rebuildShard } from '../../../../src/engine/osd/erasure/gather.ts';
import { canHave } from '../../../../src/engine/osd/erasure/recoverable.ts';
import { shardData } from '../../../../src/engine/osd/erasure/shard-data.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';

const PROFILES: readonly string[] = [
  'plugin=isa k=2 m=2 technique=reed_sol_van',
  'plugin=isa k=4 m=2 technique=cauchy',
  'plugin=isa k=3 m=1 technique=reed_sol_van',
  'plugin=jerasure k=2 m=1 technique=reed_sol_van',
  'plugin=jerasure k=4 m=2 technique=reed_sol_r6_op',
  'plugin=jerasure k=3 m=2 technique=cauchy_good packetsize=32',
  'plugin=jerasure k=4 m=2 technique=liberation w=7 packetsize=32',
  'plugin=jerasure k=4 m=2 technique=blaum_roth w=6 packetsize=32',
  'plugin=jerasure k=4 m=2 technique=liber8tion packetsize=32',
  'plugin=shec k=4 m=3 c=2',
  'plugin=lrc k=4 m=2 l=3',
  'plugin=clay k=4 m=2 d=5',
];

function codeOf(words: string, optimized: boolean): StripeCode {
  const profile = new Map(
    words.split(' ').map((word): [string, string] => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']),
  );
  return { profile, stripe_width_bytes: stripeWidthOf(codecOf(profile)), optimized };
}

/** Shards that end with their own data are for these alone. */
const OPTIMIZED = PROFILES.filter((words) => words.includes('reed_sol_van'));
const code = fc.oneof(
  fc.constantFrom(...PROFILES).map((words) => codeOf(words, false)),
  fc.constantFrom(...OPTIMIZED).map((words) => codeOf(words, true)),
);

const piece: fc.Arbitrary<Data> = fc.oneof(
  fc.tuple(fc.nat(40_000), fc.nat(255)).map(([length, byte]) => fillData(length, byte)),
  fc
    .tuple(fc.nat(1 << 30), fc.nat(5000), fc.nat(40_000))
    .map(([seed, at, length]) => randomData({ kind: 'random', seed }, at, length)),
  fc.uint8Array({ maxLength: 300 }).map(bytesData),
  fc.nat(20_000).map(holeData),
);
const content = fc.array(piece, { maxLength: 5 }).map(concatData);

/** The shards as they are made when nobody waits: all bytes at once. */
function eager({ data, code: stripeCode }: Stripes): Uint8Array[] {
  const { profile, stripe_width_bytes, optimized } = stripeCode;
  return encodeObject(stripeInfo(codecOf(profile), stripe_width_bytes, optimized), bytesOfData(data));
}

function onodeOf(stripes: Stripes, data: Data): Onode {
  const hoid = { nspace: '', oid: 'o', locator: '', hash: 0, snap: 0 };
  return { ...newOnode(hoid, NO_SNAPSET), data, written: stripes };
}

function sameBytes(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}

test('[EC6] a shard whose bytes are made when someone reads them has the bytes of one that was made at once', () => {
  fc.assert(
    fc.property(code, content, fc.nat(), fc.nat(), (stripeCode, data, from, length) => {
      const stripes = { data, code: stripeCode };
      for (const [shard, bytes] of eager(stripes).entries()) {
        const lazy = shardData(stripes, shard);
        expect(lazy.length).toBe(bytes.length);
        expect(sameBytes(bytesOfData(lazy), bytes), `shard ${shard}`).toBe(true);
        const off = from % (bytes.length + 1);
        const len = length % (bytes.length - off + 1);
        expect(sameBytes(bytesOfData(sliceData(lazy, off, len)), bytes.subarray(off, off + len))).toBe(true);
      }
    }),
    propertyRuns(60),
  );
}, 300_000);

test('[EC2] any shards that suffice give the object back, and each other shard, with shared views as with plain bytes', () => {
  fc.assert(
    fc.property(
      code,
      content,
      fc.array(fc.nat(9), { maxLength: 3 }),
      fc.boolean(),
      (stripeCode, data, lost, asBytes) => {
        const stripes = { data, code: stripeCode };
        const all = eager(stripes);
        const left = all.map((_, shard) => shard).filter((shard) => !lost.includes(shard));
        fc.pre(canHave(stripeCode, all.keys(), left));
        const shards = new Map(
          left.map((shard) => [
            shard,
            onodeOf(stripes, asBytes ? bytesData(all[shard] ?? new Uint8Array()) : shardData(stripes, shard)),
          ]),
        );
        expect(sameBytes(bytesOfData(gatherObject(stripeCode, shards, false).data), bytesOfData(data))).toBe(true);
        for (const [shard, bytes] of all.entries())
          expect(
            sameBytes(bytesOfData(rebuildShard(stripeCode, shard, shards, false).data), bytes),
            `shard ${shard}`,
          ).toBe(true);
      },
    ),
    propertyRuns(60),
  );
}, 300_000);

test('[EC3] a damaged shard is left out where shards have checksums, and spoils what is read where they have none', () => {
  const stripes = { data: fillData(30_000, 7), code: codeOf(PROFILES[0] ?? '', false) };
  const shards = new Map([0, 1, 2, 3].map((shard) => [shard, onodeOf(stripes, shardData(stripes, shard))]));
  const sound = shards.get(0);
  shards.set(0, onodeOf(stripes, overwriteData(sound?.data ?? holeData(0), 100, fillData(50, 1))));
  const checked = gatherObject(stripes.code, shards, true);
  expect(checked.decoded).toEqual([0]);
  expect(bytesOfData(checked.data).every((byte) => byte === 7)).toBe(true);
  const unchecked = gatherObject(stripes.code, shards, false);
  expect(unchecked.decoded).toEqual([]);
  expect(
    bytesOfData(unchecked.data)
      .slice(100, 150)
      .every((byte) => byte === 1),
  ).toBe(true);
});
