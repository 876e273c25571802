import { encode } from '../../src/engine/codec/denc.ts';
import { compileCrushMap } from '../../src/engine/crush/compile/compile.ts';
import type { CrushMap } from '../../src/engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../src/engine/crush/decompile.ts';
import { crushMapFromDump } from '../../src/engine/crush/from-dump.ts';
import { decodeOsdMap } from '../../src/engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../src/engine/osdmap/encode.ts';
import { mapAroundCrush } from '../../src/engine/osdmap/from-crush.ts';
import { osdMapFromDump } from '../../src/engine/osdmap/from-dump.ts';
import { PLAIN_INCREMENTAL } from '../../src/engine/osdmap/incremental.ts';
import { applyIncremental } from '../../src/engine/osdmap/incremental-apply.ts';
import { decodeIncremental } from '../../src/engine/osdmap/incremental-decode.ts';
import { poolBytesOfPgDump } from '../../src/engine/osdmap/pool-bytes.ts';
import { sniffMapFile } from '../../src/engine/osdmap/sniff.ts';
import { MAX_OSDS } from '../../src/engine/osdmap/wire.ts';
import { crushMapNode } from '../../src/terminal/cli/crushtool/dump.ts';

/** Input that claims more than it is, or that is as much as may be read; and what is done with it. */
export interface Hostile {
  readonly name: string;
  readonly run: () => unknown;
}

const MIB = 1024 * 1024;

function filled(bytes: number, text: string): Uint8Array {
  return Buffer.alloc(bytes, text);
}

/** A CRUSH map of buckets, each with its items, and nothing else. */
function crushOf(buckets: readonly (readonly number[])[], maxBuckets = buckets.length): Uint8Array {
  return encode((e) => {
    e.u32(0x10000).s32(maxBuckets).u32(0).s32(0);
    for (const [place, items] of buckets.entries()) {
      e.u32(5)
        .s32(-1 - place)
        .u16(1)
        .u8(5)
        .u8(0)
        .u32(0)
        .list(items, (each, item) => each.s32(item));
      for (const _ of items) e.u32(0x10000);
    }
    e.u32(0).u32(0).u32(0);
  });
}

const EMPTY = crushOf([]);
const crushHead = (rest: Uint8Array) => encode((e) => e.raw(EMPTY.subarray(0, 16)).raw(rest));
const text = (content: string) => () => compileCrushMap(Buffer.from(content, 'latin1'));

/** The map of a text that is none of the hostile ones. */
function compiled(content: string): CrushMap {
  const { map, messages } = compileCrushMap(content);
  if (map === undefined) throw new Error(messages);
  return map;
}

/** Two structures around what is read. */
function mapOf(body: Uint8Array): Uint8Array {
  return encode((e) => e.struct(8, 7, (outer) => outer.struct(10, 1, (inner) => inner.raw(body))));
}

/** A header of a map up to its pools, then `count` and zeros. */
const mapWithPools = (count: number, bytes: number) =>
  mapOf(encode((e) => e.raw(new Uint8Array(36)).u32(count).raw(new Uint8Array(bytes))));
const json = (content: string) => Buffer.from(content);
const crush = decodeCrushMap(EMPTY);

/** Buckets of which each holds the next twice: 2^n leaves. */
const doubling = (n: number) => crushOf(Array.from({ length: n }, (_, at) => (at + 1 < n ? [-2 - at, -2 - at] : [0])));
const chain = (n: number) => crushOf(Array.from({ length: n }, (_, at) => (at + 1 < n ? [-2 - at] : [0])));
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

const CLASS = 'device 0 d class c\ntype 1 h\n';
const RULE = 'rule r {\nid 0\ntype replicated\nstep emit\n}\n';

export const HOSTILE: readonly Hostile[] = [
  { name: 'crush: 2^31 buckets', run: () => decodeCrushMap(crushOf([], 0x7fffffff)) },
  {
    name: 'crush: buckets as many as bytes',
    run: () => decodeCrushMap(manyPlaces(3_500_000)),
  },
  { name: 'crush: names without letters', run: () => decodeCrushMap(crushHead(filled(15 * MIB, '\0'))) },
  { name: 'crush: a list of 2^32 - 1', run: () => decodeCrushMap(crushHead(filled(1000, '\xff'))) },
  { name: 'crush: 40 buckets doubled', run: () => decodeCrushMap(doubling(40)) },
  { name: 'crush: 17 buckets doubled, printed', run: () => decompileCrushMap(decodeCrushMap(doubling(17))) },
  { name: 'crush: 100,000 buckets one in another', run: () => decodeCrushMap(chain(100_000)) },
  { name: 'crush: a bucket of 1,500,000 items', run: () => decodeCrushMap(crushOf([Array(1_500_000).fill(0)])) },
  { name: 'crush: too large', run: () => decodeCrushMap(new Uint8Array(40 * MIB)) },
  { name: 'osdmap: 2^32 - 1 pools', run: () => decodeOsdMap(mapWithPools(0xffffffff, 1000)) },
  { name: 'osdmap: pools of nothing', run: () => decodeOsdMap(mapWithPools(4_000_000, 30 * MIB)) },
  { name: 'osdmap: OSDs as many as bytes', run: () => decodeOsdMap(manyOsds(3_000_000)) },
  { name: 'osdmap: max_osd 2^31 - 1', run: () => decodeOsdMap(manyOsds(0x7fffffff, 0)) },
  { name: 'osdmap: too large', run: () => decodeOsdMap(new Uint8Array(40 * MIB)) },
  { name: 'incremental: a list of 2^32 - 1', run: () => decodeIncremental(mapOf(filled(1000, '\xff'))) },
  { name: 'incremental: zeros', run: () => decodeIncremental(mapOf(new Uint8Array(30 * MIB))) },
  { name: 'incremental: as many OSDs as may be, written and read', run: () => grown(MAX_OSDS) },
  { name: 'incremental: more OSDs than may be', run: () => grown(MAX_OSDS + 1) },
  { name: 'text: one long line', run: text('x'.repeat(4 * MIB)) },
  { name: 'text: too large', run: text(' '.repeat(40 * MIB)) },
  { name: 'text: brackets', run: text(`choose_args 1 { ${'['.repeat(4_000_000)}`) },
  { name: 'text: an item that has no end', run: text(`type 1 h\nh a {\nalg straw2\n${'item a\n'.repeat(590_000)}`) },
  { name: 'text: devices', run: text(lines(150_000, (at) => `device ${at} osd.${at}`)) },
  { name: 'text: a device far out', run: text('device 2147483647 osd.0\n') },
  { name: 'text: a device as far out as may be, dumped', run: () => crushMapNode(compiled('device 262143 osd.0\n')) },
  { name: 'text: a bucket far out', run: text('type 1 h\nh a {\nid -2147483648\nalg straw2\nhash 0\n}\n') },
  { name: 'text: a bucket that is none', run: text('type 1 h\nh a {\nid -2147483649\nalg straw2\nhash 0\n}\n') },
  {
    name: 'text: an item with the id of a bucket that is not there',
    run: text(`device 3557549056 x\n${CLASS}h a { alg straw2 item d item x }\n${RULE}`),
  },
  {
    name: 'text: a bucket that holds itself by another name',
    run: text(`device 4294967295 x\n${CLASS}h a { id -1 alg straw2 item x } h b { alg straw2 item x }\n${RULE}`),
  },
  {
    name: 'text: classes and buckets',
    run: text(
      `${lines(900, (at) => `device ${at} d${at} class c${at}`)}\ntype 1 h\n` +
        `${lines(19_000, (at) => `h b${at} { alg straw2 }`)}\n${RULE}`,
    ),
  },
  {
    name: 'text: classes of one bucket',
    run: text(`${lines(90_000, (at) => `device ${at} d${at} class c${at}`)}\ntype 1 h\nh a { alg straw2 }\n${RULE}`),
  },
  {
    name: 'text: shadow buckets with ids',
    run: text(`type 1 h\nh a { id -1\n${lines(100_000, (at) => `id ${-2 - at} class c${at}`)}\nalg straw2 }\n${RULE}`),
  },
  {
    name: 'text: a place far out',
    run: text('device 0 d\ntype 1 h\nh a {\nalg straw2\nhash 0\nitem d pos 2147483646\n}\n'),
  },
  { name: 'text: buckets without ids', run: text(`type 1 h\n${lines(19_000, (at) => `h a${at} { alg straw2 }`)}`) },
  { name: 'text: buckets of one name', run: text(`type 1 h\n${'h a { alg straw2 }\n'.repeat(19_000)}`) },
  {
    name: 'text: two names, each many times',
    run: text(`type 1 h\n${'h a { alg straw2 item b }\n'.repeat(9_000)}${'h b { alg straw2 }\n'.repeat(9_000)}`),
  },
  { name: 'text: digits', run: text(`device ${'9'.repeat(4_000_000)} d`) },
  { name: 'json: brackets', run: () => osdMapFromDump(filled(30 * MIB, '['), crush) },
  { name: 'json: objects', run: () => crushMapFromDump(json(`[${'{},'.repeat(9_000_000)}1]`)) },
  { name: 'json: numbers', run: () => poolBytesOfPgDump(json(`[${'1.5,'.repeat(2_900_000)}1]`)) },
  { name: 'json: a text', run: () => poolBytesOfPgDump(json(`"${'x'.repeat(30 * MIB)}"`)) },
  { name: 'json: max_osd', run: () => osdMapFromDump(json('{"max_osd":1e9,"osds":[],"pools":[]}'), crush) },
  { name: 'sniff: a long text', run: () => sniffMapFile(filled(60 * MIB, 'x')) },
  { name: 'sniff: brackets', run: () => sniffMapFile(filled(60 * MIB, '[')) },
];

/** Places for buckets, all empty. */
function manyPlaces(count: number): Uint8Array {
  return encode((e) =>
    e
      .u32(0x10000)
      .s32(count)
      .u32(0)
      .s32(0)
      .raw(new Uint8Array(4 * count + 12)),
  );
}

/** An empty map with so many places for OSDs, which a few bytes ask for; written and read again. */
function grown(maxOsd: number): Uint8Array {
  const before = mapAroundCrush(crush);
  const next = applyIncremental(before, { ...PLAIN_INCREMENTAL, fsid: before.fsid, epoch: 2, newMaxOsd: maxOsd });
  return encodeOsdMap(decodeOsdMap(encodeOsdMap(next)));
}

function manyOsds(count: number, states = count): Uint8Array {
  return mapOf(
    encode((e) => {
      e.raw(new Uint8Array(36))
        .u32(0)
        .u32(0)
        .s32(0)
        .u32(0)
        .s32(count)
        .u32(states)
        .raw(new Uint8Array(4 * states));
      e.u32(states).raw(new Uint8Array(4 * states));
    }),
  );
}

/** Runs all of them: name, milliseconds of a core, and what was thrown, as lines of JSON; the most memory last. */
export function runHostile(print: (line: string) => void): void {
  for (const { name, run } of HOSTILE) {
    const started = process.cpuUsage().user;
    let thrown = '';
    let isFault = true;
    try {
      run();
    } catch (error) {
      isFault = error instanceof Error && 'errno' in error;
      thrown = String(error).slice(0, 200);
    }
    print(JSON.stringify({ name, cpu_ms: Math.round((process.cpuUsage().user - started) / 1000), thrown, isFault }));
  }
  print(JSON.stringify({ most_mib: Math.round(process.resourceUsage().maxRSS / 1024) }));
}
