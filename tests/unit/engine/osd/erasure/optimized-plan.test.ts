import { describe, expect, test } from 'vitest';
import { codecOf } from '../../../../../src/engine/erasure-code/profile.ts';
import { stripeInfo } from '../../../../../src/engine/erasure-code/stripe.ts';
import { planOptimized, readFrom } from '../../../../../src/engine/osd/erasure/optimized-plan.ts';
import { dataExtents, type ShardExtents } from '../../../../../src/engine/osd/erasure/shard-extents.ts';

/** k=4 m=2 of chunks of 4 KiB, as the recorded pool. */
const CODEC = codecOf(
  new Map([
    ['plugin', 'jerasure'],
    ['technique', 'reed_sol_van'],
    ['k', '4'],
    ['m', '2'],
  ]),
);
const INFO = stripeInfo(CODEC, 16_384, true);
const ALL = new Set([0, 1, 2, 3, 4, 5]);
const WITHOUT_2 = new Set([0, 1, 3, 4, 5]);

/** `0:[0~4096] 4:[0~4096]`, as the log of an OSD has it. */
function text(extents: ShardExtents): string {
  return [...extents]
    .sort(([a], [b]) => a - b)
    .map(([shard, set]) => `${shard}:[${set.map(({ off, len }) => `${off}~${len}`).join(',')}]`)
    .join(' ');
}

interface Case {
  readonly what: string;
  readonly at: readonly [off: number, len: number];
  readonly sizes: readonly [old: number, now: number];
  readonly isReplaced?: boolean;
  readonly readable?: ReadonlySet<number>;
  readonly reads: string;
  readonly writes: string;
  readonly reached: string;
  readonly isDelta?: boolean;
}

/** What an OSD of 20.2.4 planned, and which shards it sent something. */
const RECORDED: readonly Case[] = [
  {
    what: 'a new object of whole stripes',
    at: [0, 65_536],
    sizes: [0, 65_536],
    reads: '',
    writes: '0:[0~16384] 1:[0~16384] 2:[0~16384] 3:[0~16384] 4:[0~16384] 5:[0~16384]',
    reached: '012345',
  },
  {
    what: 'a few bytes of a page: the coding shards are changed by what differs',
    at: [100, 10],
    sizes: [65_536, 65_536],
    reads: '0:[0~4096] 4:[0~4096] 5:[0~4096]',
    writes: '0:[0~4096] 4:[0~4096] 5:[0~4096]',
    reached: '045',
    isDelta: true,
  },
  {
    what: 'a whole chunk',
    at: [8192, 4096],
    sizes: [65_536, 65_536],
    reads: '0:[0~4096] 1:[0~4096] 3:[0~4096]',
    writes: '2:[0~4096] 4:[0~4096] 5:[0~4096]',
    reached: '0245',
  },
  {
    what: 'two chunks',
    at: [4096, 8192],
    sizes: [65_536, 65_536],
    reads: '0:[0~4096] 3:[0~4096]',
    writes: '1:[0~4096] 2:[0~4096] 4:[0~4096] 5:[0~4096]',
    reached: '01245',
  },
  {
    what: 'parts of three chunks',
    at: [20_000, 5000],
    sizes: [65_536, 65_536],
    reads: '0:[4096~4096] 2:[4096~4096] 3:[4096~4096]',
    writes: '0:[4096~4096] 1:[4096~4096] 2:[4096~4096] 4:[4096~4096] 5:[4096~4096]',
    reached: '01245',
  },
  {
    what: 'a whole stripe',
    at: [16_384, 16_384],
    sizes: [65_536, 65_536],
    reads: '',
    writes: '0:[4096~4096] 1:[4096~4096] 2:[4096~4096] 3:[4096~4096] 4:[4096~4096] 5:[4096~4096]',
    reached: '012345',
  },
  {
    what: 'parts of three stripes',
    at: [30_000, 20_000],
    sizes: [65_536, 65_536],
    reads: '0:[4096~4096,12288~4096] 1:[4096~4096,12288~4096] 2:[4096~4096,12288~4096] 3:[4096~4096,12288~4096]',
    writes: '0:[8192~8192] 1:[8192~4096] 2:[8192~4096] 3:[4096~8192] 4:[4096~12288] 5:[4096~12288]',
    reached: '012345',
  },
  {
    what: 'behind the end',
    at: [65_536, 10],
    sizes: [65_536, 65_546],
    reads: '',
    writes: '0:[16384~4096] 4:[16384~4096] 5:[16384~4096]',
    reached: '012345',
  },
  {
    what: 'behind the end, within the last page',
    at: [100, 100],
    sizes: [100, 200],
    reads: '0:[0~4096]',
    writes: '0:[0~4096] 4:[0~4096] 5:[0~4096]',
    reached: '012345',
  },
  {
    what: 'across the end, and on to the next chunk',
    at: [50, 5000],
    sizes: [200, 5050],
    reads: '0:[0~4096]',
    writes: '0:[0~4096] 1:[0~4096] 4:[0~4096] 5:[0~4096]',
    reached: '012345',
  },
  {
    what: 'far behind the end',
    at: [8192, 49_152],
    sizes: [5050, 57_344],
    reads: '0:[0~4096] 1:[0~4096]',
    writes: '0:[4096~12288] 1:[4096~12288] 2:[0~12288] 3:[0~12288] 4:[0~16384] 5:[0~16384]',
    reached: '012345',
  },
  {
    what: 'an object in place of a longer one',
    at: [0, 20_000],
    sizes: [57_344, 20_000],
    isReplaced: true,
    reads: '',
    writes: '0:[0~8192] 1:[0~4096] 2:[0~4096] 3:[0~4096] 4:[0~8192] 5:[0~8192]',
    reached: '012345',
  },
  {
    what: 'a truncate within a stripe',
    at: [30_000, 35_546],
    sizes: [65_546, 30_000],
    reads: '0:[4096~4096] 1:[4096~4096] 2:[4096~4096] 3:[4096~4096]',
    writes: '4:[4096~4096] 5:[4096~4096]',
    reached: '012345',
  },
  {
    what: 'a truncate at the end of the first chunk',
    at: [20_480, 9520],
    sizes: [30_000, 20_480],
    reads: '0:[4096~4096]',
    writes: '4:[4096~4096] 5:[4096~4096]',
    reached: '012345',
  },
  {
    what: 'a truncate that makes it longer',
    at: [0, 0],
    sizes: [20_480, 40_000],
    reads: '',
    writes: '',
    reached: '012345',
  },
  {
    what: 'a chunk whose shard is away',
    at: [8192, 4096],
    sizes: [65_536, 65_536],
    readable: WITHOUT_2,
    reads: '0:[0~4096] 1:[0~4096] 3:[0~4096]',
    writes: '2:[0~4096] 4:[0~4096] 5:[0~4096]',
    reached: '0245',
  },
  {
    what: 'a chunk while another one is away: what differs is less than working that out',
    at: [4096, 4096],
    sizes: [65_536, 65_536],
    readable: WITHOUT_2,
    reads: '1:[0~4096] 4:[0~4096] 5:[0~4096]',
    writes: '1:[0~4096] 4:[0~4096] 5:[0~4096]',
    reached: '0145',
    isDelta: true,
  },
];

describe('[EC7] writes in a pool with allow_ec_optimizations, as an OSD planned them', () => {
  for (const { what, at, sizes, reads, writes, reached, ...more } of RECORDED)
    test(what, () => {
      const [off, len] = at;
      const [oldBytes, newBytes] = sizes;
      const change = {
        changed: len > 0 ? [{ off, len }] : [],
        oldBytes,
        newBytes,
        isReplaced: more.isReplaced === true,
        reachesAll: false,
      };
      const plan = planOptimized(INFO, change, more.readable ?? ALL);
      expect(text(plan.reads)).toBe(reads);
      expect(text(plan.writes)).toBe(writes);
      expect([...plan.reached].sort().join('')).toBe(reached);
      expect(plan.isParityDelta).toBe(more.isDelta === true);
    });
});

describe('[EC7] reads in such a pool, as an OSD asked for them', () => {
  test.each([
    [0, 100, ALL, '0:[0~4096]'],
    [4000, 200, ALL, '0:[0~4096] 1:[0~4096]'],
    [8192, 4096, ALL, '2:[0~4096]'],
    [20_000, 5000, ALL, '0:[4096~4096] 1:[4096~4096] 2:[4096~4096]'],
    [0, 65_536, ALL, '0:[0~16384] 1:[0~16384] 2:[0~16384] 3:[0~16384]'],
    [8192, 4096, WITHOUT_2, '0:[0~4096] 1:[0~4096] 3:[0~4096] 4:[0~4096]'],
    [0, 100, WITHOUT_2, '0:[0~4096]'],
    [4000, 9000, WITHOUT_2, '0:[0~4096] 1:[0~4096] 3:[0~4096] 4:[0~4096]'],
  ])('of %i~%i', (off, len, readable, wanted) => {
    expect(text(readFrom(INFO, dataExtents(INFO, { off, len }), readable))).toBe(wanted);
  });
});
