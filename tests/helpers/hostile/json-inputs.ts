import { decodeCrushMap } from '../../../src/engine/crush/decode.ts';
import { crushMapFromDump } from '../../../src/engine/crush/from-dump.ts';
import { osdMapFromDump } from '../../../src/engine/osdmap/from-dump.ts';
import { poolBytesOfPgDump } from '../../../src/engine/osdmap/pool-bytes.ts';
import { sniffMapFile } from '../../../src/engine/osdmap/sniff.ts';
import { EMPTY } from './crush-inputs.ts';
import { filled, type Hostile, MIB } from './hostile.ts';

const json = (content: () => string) => () => Buffer.from(content());
const osdMap = (bytes: Uint8Array) => osdMapFromDump(bytes, decodeCrushMap(EMPTY));

export const JSON_INPUTS: readonly Hostile[] = [
  { name: 'json: brackets', make: filled(30 * MIB, '['), read: osdMap },
  { name: 'json: objects', make: json(() => `[${'{},'.repeat(9_000_000)}1]`), read: crushMapFromDump },
  { name: 'json: fewer objects', make: json(() => `[${'{},'.repeat(900_000)}1]`), read: crushMapFromDump },
  { name: 'json: keys', make: json(() => `{${lines(260_000, (at) => `"${at}":{}`)}}`), read: crushMapFromDump },
  { name: 'json: texts', make: json(() => `[${lines(1_100_000, (at) => `"${at}"`)}]`), read: crushMapFromDump },
  { name: 'json: lists', make: json(() => `[${'[1],'.repeat(690_000)}1]`), read: crushMapFromDump },
  { name: 'json: numbers', make: json(() => `[${'1.5,'.repeat(2_400_000)}1]`), read: poolBytesOfPgDump },
  { name: 'json: a text', make: json(() => `"${'x'.repeat(30 * MIB)}"`), read: poolBytesOfPgDump },
  {
    name: 'json: long texts',
    make: json(() => `[${`"${'x'.repeat(60_000)}",`.repeat(500)}1]`),
    read: poolBytesOfPgDump,
  },
  {
    name: 'json: wide texts',
    make: json(() => `[${`"${'€'.repeat(20_000)}",`.repeat(500)}1]`),
    read: poolBytesOfPgDump,
  },
  {
    name: 'json: one wide letter among all that may be',
    make: json(
      () => `["€",${'{},'.repeat(400_000)}${'"twenty letters in it",'.repeat(200_000)}${' '.repeat(15 * MIB)}1]`,
    ),
    read: poolBytesOfPgDump,
  },
  {
    name: 'json: keys of one object',
    make: json(() => `{${lines(350_000, (at) => `"k${at}":1`)}}`),
    read: poolBytesOfPgDump,
  },
  { name: 'json: max_osd', make: json(() => '{"max_osd":1e9,"osds":[],"pools":[]}'), read: osdMap },
  { name: 'json: PGs', make: json(() => dump('pg_temp', 300_000, '{"pgid":"1.#","osds":[1]}')), read: osdMap },
  { name: 'json: OSDs', make: json(() => dump('osds', 300_000, '{"osd":#}')), read: osdMap },
  { name: 'sniff: a long text', make: filled(60 * MIB, 'x'), read: sniffMapFile },
  { name: 'sniff: brackets', make: filled(60 * MIB, '['), read: sniffMapFile },
  { name: 'sniff: keys', make: json(() => `{${'"":1,'.repeat(5_900_000)}"a":1}`), read: sniffMapFile },
];

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join(',');
}

/** A dump of a map with so many entries of one field. */
function dump(field: string, count: number, entry: string): string {
  const plain = { epoch: 1, fsid: '', pool_max: 0, max_osd: 100_000, pools: [], osds: [], flags: '', [field]: [] };
  const entries = lines(count, (at) => entry.replace('#', String(at)));
  return JSON.stringify(plain).replace(`"${field}":[]`, `"${field}":[${entries}]`);
}
