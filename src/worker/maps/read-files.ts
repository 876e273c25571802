import { compileCrushMap } from '../../engine/crush/compile/compile.ts';
import type { CrushMap } from '../../engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../engine/crush/decode.ts';
import { crushMapFromDump } from '../../engine/crush/from-dump.ts';
import { decodeOsdMap } from '../../engine/osdmap/decode.ts';
import { mapAroundCrush } from '../../engine/osdmap/from-crush.ts';
import { osdMapFromDump } from '../../engine/osdmap/from-dump.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import { poolBytesOfDf, poolBytesOfPgDump } from '../../engine/osdmap/pool-bytes.ts';
import { type MapFileKind, sniffMapFile } from '../../engine/osdmap/sniff.ts';
import type { MapFile, MapReport } from '../../protocol/maps.ts';
import { RefusedFile, reading } from './refused-file.ts';

/** What was brought: a map, bytes that its pools store as far as that is told, and what to say about both. */
export interface BroughtMap {
  readonly map: OsdMap;
  readonly stored: ReadonlyMap<number, number>;
  readonly report: MapReport;
}

/** Files that belong together, and bytes of one and of all: no map, and no dump of one, may have more. */
const [MOST_FILES, MOST_BYTES, MOST_TOGETHER] = [4, 32 * 1024 * 1024, 64 * 1024 * 1024] as const;
/** Copies of PGs that a map may ask for: twenty times as many as a very large cluster's. */
const MOST_COPIES = 4_000_000;

type Note = MapReport['leftOut'][number];

interface Sniffed extends MapFile {
  readonly kind: MapFileKind;
}

/** What a map was made of. */
interface Made {
  readonly map: OsdMap;
  readonly kind: MapReport['kind'];
  readonly used: readonly (Sniffed | undefined)[];
  readonly leftOut: readonly Note[];
  readonly assumed: readonly Note[];
}

/** Reads files that belong together. Throws a {@link RefusedFile} where they are no map. */
export function readMapFiles(files: readonly MapFile[]): BroughtMap {
  const sniffed = checked(files);
  const made = makeMap(sniffed);
  const copies = copiesOf(made.map);
  if (copies > MOST_COPIES) throw new RefusedFile('too-large', made.used[0]?.name ?? '', `${copies} copies of PGs`);
  const stats = [...ofKind(sniffed, 'df-json'), ...ofKind(sniffed, 'pg-dump-json')].slice(0, 1);
  const told = new Map(stats.flatMap((file) => [...bytesOf(file)]));
  const stored = new Map([...told].filter(([pool]) => made.map.pools.has(pool)));
  const used = [...made.used, ...stats];
  const leftOut = [
    ...made.leftOut,
    { code: 'file-not-used', count: sniffed.filter((file) => !used.includes(file)).length },
    { code: 'bytes-of-unknown-pool', count: told.size - stored.size },
  ].filter(({ count }) => count > 0);
  const read = sniffed.map(({ name, bytes, kind }) => ({ name, bytes: bytes.length, readAs: kind }));
  return { map: made.map, stored, report: { kind: made.kind, files: read, leftOut, assumed: made.assumed } };
}

/** Copies of PGs that the pools of a map ask for. */
function copiesOf(map: OsdMap): number {
  return [...map.pools.values()].reduce((sum, { pgNum, size }) => sum + pgNum * size, 0);
}

function checked(files: readonly MapFile[]): Sniffed[] {
  const [first] = files;
  if (first === undefined) throw new RefusedFile('incomplete', '', 'no file');
  if (files.length > MOST_FILES) throw new RefusedFile('too-large', first.name, `${files.length} files`);
  const large = files.find(({ bytes }) => bytes.length > MOST_BYTES);
  if (large !== undefined) throw new RefusedFile('too-large', large.name, `${large.bytes.length} bytes`);
  const together = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (together > MOST_TOGETHER) throw new RefusedFile('too-large', first.name, `${together} bytes`);
  const sniffed = files.map((file) => ({ ...file, kind: sniffMapFile(file.bytes) }));
  const unknown = sniffed.find(({ kind }) => kind === 'unknown');
  if (unknown !== undefined) throw new RefusedFile('not-a-map', unknown.name, 'neither a map nor statistics of pools');
  return sniffed;
}

function ofKind(files: readonly Sniffed[], kind: MapFileKind): Sniffed[] {
  return files.filter((file) => file.kind === kind);
}

function makeMap(files: readonly Sniffed[]): Made {
  const [osdMap] = ofKind(files, 'osdmap');
  if (osdMap !== undefined) {
    const map = reading(osdMap.name, () => decodeOsdMap(osdMap.bytes));
    return { map, kind: 'osdmap', used: [osdMap], leftOut: [], assumed: [] };
  }
  const [crushFile] = CRUSH_KINDS.flatMap((kind) => ofKind(files, kind));
  const [dump] = ofKind(files, 'osd-dump-json');
  if (dump !== undefined) return mapOfDump(dump, crushFile);
  if (crushFile === undefined) return refuseWithoutMap(files);
  const { map: crush, leftOut, assumed } = readCrush(crushFile);
  const map = mapAroundCrush(crush);
  const osds = map.osds.reduce((sum, osd) => sum + (osd === undefined ? 0 : 1), 0);
  const madeUp = [
    { code: 'pools-made-up', count: map.pools.size },
    { code: 'osds-up-and-in', count: osds },
  ];
  return { map, kind: 'crushmap', used: [crushFile], leftOut, assumed: [...madeUp, ...assumed] };
}

const CRUSH_KINDS = ['crushmap', 'crushmap-text', 'crush-dump-json'] as const;

function mapOfDump(dump: Sniffed, crushFile: Sniffed | undefined): Made {
  if (crushFile === undefined) throw new RefusedFile('incomplete', dump.name, 'the crushmap is missing');
  const crush = readCrush(crushFile);
  const { map, leftOut, assumed } = reading(dump.name, () => osdMapFromDump(dump.bytes, crush.map));
  return {
    ...{ map, kind: 'osd-dump', used: [dump, crushFile] },
    leftOut: [...leftOut, ...crush.leftOut],
    assumed: [...assumed, ...crush.assumed],
  };
}

function refuseWithoutMap(files: readonly Sniffed[]): never {
  const [changes] = ofKind(files, 'incremental');
  if (changes !== undefined)
    throw new RefusedFile('incomplete', changes.name, 'changes of a map (an Incremental) without the map');
  throw new RefusedFile('incomplete', files[0]?.name ?? '', 'statistics of pools without a map');
}

interface ReadCrush {
  readonly map: CrushMap;
  readonly leftOut: readonly Note[];
  readonly assumed: readonly Note[];
}

function readCrush({ name, bytes, kind }: Sniffed): ReadCrush {
  if (kind === 'crush-dump-json') return reading(name, () => crushMapFromDump(bytes));
  const map =
    kind === 'crushmap' ? reading(name, () => decodeCrushMap(bytes)) : reading(name, () => compiledText(name, bytes));
  return { map, leftOut: [], assumed: [] };
}

function compiledText(name: string, bytes: Uint8Array): CrushMap {
  const { map, messages } = compileCrushMap(bytes, name);
  if (map === undefined) throw new RefusedFile('syntax', name, messages.trim());
  return map;
}

function bytesOf({ name, bytes, kind }: Sniffed): ReadonlyMap<number, number> {
  return reading(name, () => (kind === 'df-json' ? poolBytesOfDf(bytes) : poolBytesOfPgDump(bytes)));
}
