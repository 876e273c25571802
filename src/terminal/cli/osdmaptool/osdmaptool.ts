import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { decodeCrushMap } from '../../../engine/crush/decode.ts';
import { encodeCrushMap } from '../../../engine/crush/encode.ts';
import { decodeOsdMap } from '../../../engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../../engine/osdmap/encode.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { nextEpoch } from '../../../engine/osdmap/upmap/upmap-change.ts';
import type { Process } from '../../process.ts';
import { CEPH_VERSION } from '../ceph/version.ts';
import { explainFor } from '../explain/explain.ts';
import { flushed } from '../format/formatter.ts';
import { has, numberOf, type Request, readArguments, textOf } from './arguments.ts';
import { type Changed, changeMap, checkMarks } from './change-map.ts';
import { type Conf, readConf, wordsOfEnvironment } from './conf-file.ts';
import { createMap, emptyOsdMap } from './create.ts';
import { fileExists, readBytes, writeMapFile } from './files.ts';
import { healthNode } from './health/health.ts';
import { mapNode, STREAMED } from './map-dump.ts';
import { mapText } from './map-text.ts';
import type { OptionName } from './options.ts';
import { testCrush } from './test-crush.ts';
import { pgNumOf, testObject, testPg, testPgs } from './test-map.ts';
import { EXIT_MINUS_ONE, ToolError } from './tool-error.ts';
import { treeNode, treeText } from './tree-text.ts';
import { upmapMap } from './upmap.ts';
import { usageText } from './usage.ts';

/** The `osdmaptool` tool: reads or makes an OSD map, changes it, prints and tests it, writes it. */
export function* osdmaptool(process: Process): Task<number> {
  try {
    return yield* run(process);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    if (error.message !== '') yield* process.stderr.write(error.message);
    if (error.withUsage) yield* process.stdout.write(usageText(explainFor(process.env)));
    return error.exitCode;
  }
}

function* run(process: Process): Task<number> {
  const words = process.argv.slice(1);
  if (words[0] === '--version' || words[0] === '-v') {
    yield* process.stdout.write(`${CEPH_VERSION} (stable - RelWithDebInfo)\n`);
    return 0;
  }
  if (words.length === 0) throw new ToolError('osdmaptool: -h or --help for usage\n');
  if (words.includes('-h') || words.includes('--help')) throw new ToolError('', 1, true);
  const request = readArguments([...wordsOfEnvironment(process), ...words]);
  const conf = yield* readConf(process, request);
  const path = checkRequest(request);
  if (numberOf(request, 'rangeFirst', -1) >= 0 && numberOf(request, 'rangeLast', -1) >= 0) {
    return yield* readRange(process, request, path);
  }
  yield* process.stderr.write(`osdmaptool: osdmap file '${path}'\n`);
  const start = yield* startMap(process, request, path, conf);
  const changed = yield* work(process, request, start);
  if (!hasAction(request) && !changed.modified) throw new ToolError('osdmaptool: no action specified?\n', 1, true);
  yield* finish(process, request, path, changed);
  return 0;
}

function checkRequest(request: Request): string {
  pgNumOf(request);
  checkMarks(request);
  const [path, ...more] = request.rest;
  if (path === undefined) throw new ToolError('osdmaptool: must specify osdmap filename\n', 1, true);
  if (more.length > 0) throw new ToolError('osdmaptool: too many arguments\n', 1, true);
  if (numberOf(request, 'upmapDeviation', 1) < 1) {
    throw new ToolError('osdmaptool: upmap-deviation must be >= 1\n', 1, true);
  }
  if (has(request, 'osdSizeAware') && !has(request, 'read')) {
    throw new ToolError('osdmaptool: osd-size-aware is only applicable to read mode\n', 1, true);
  }
  return path;
}

/** Reads maps `FOLDER/FIRST` to `FOLDER/LAST`, and says how long they are. */
function* readRange(process: Process, request: Request, folder: string): Task<number> {
  const last = numberOf(request, 'rangeLast', -1);
  for (let at = numberOf(request, 'rangeFirst', 0); at <= last; at++) {
    const path = `${folder}/${at}`;
    const bytes = yield* readBytes(process, path, (reason) => {
      return new ToolError(`unable to read ${path}: ${reason.slice(reason.indexOf(': ') + 2)}\n`);
    });
    yield* process.stdout.write(`${path} got ${bytes.length} bytes\n`);
    decodeOr(path, bytes);
  }
  return 0;
}

function* startMap(process: Process, request: Request, path: string, conf: Conf): Task<Changed> {
  const creates = has(request, 'createSimple', 'createFromConf');
  if (creates && !has(request, 'clobber') && fileExists(process, path)) {
    throw new ToolError(`osdmaptool: ${path} exists, --clobber to overwrite\n`, EXIT_MINUS_ONE);
  }
  if (creates) return { map: createMap(process, request, conf), modified: true };
  // As in Ceph, --clobber alone takes an empty map.
  if (has(request, 'clobber')) return { map: emptyOsdMap(), modified: false };
  const bytes = yield* readBytes(process, path, (reason) => {
    return new ToolError(`osdmaptool: couldn't open ${path}: ${reason}\n`, EXIT_MINUS_ONE);
  });
  return { map: decodeOr(path, bytes), modified: false };
}

function decodeOr(path: string, bytes: Uint8Array): OsdMap {
  try {
    return decodeOsdMap(bytes);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`osdmaptool: error decoding osdmap '${path}'\n`, EXIT_MINUS_ONE);
  }
}

function* work(process: Process, request: Request, start: Changed): Task<Changed> {
  const marked = yield* changeMap(process, request, start.map);
  const upmapped = yield* upmapMap(process, request, marked.map);
  const imported = yield* importCrush(process, request, upmapped.map);
  const { map } = imported;
  yield* exportCrush(process, request, map);
  if (textOf(request, 'testMapObject') !== '') yield* testObject(process, request, map);
  if (textOf(request, 'testMapPg') !== '') yield* testPg(process, request, map);
  const tested = has(request, 'testMapPgs', 'testMapPgsDump', 'testMapPgsDumpAll')
    ? yield* testPgs(process, request, map)
    : map;
  if (has(request, 'testCrush')) yield* testCrush(process, tested);
  return { map: tested, modified: [start, marked, upmapped, imported].some(({ modified }) => modified) };
}

function* importCrush(process: Process, request: Request, map: OsdMap): Task<Changed> {
  const path = textOf(request, 'importCrush');
  if (path === '') return { map, modified: false };
  const bytes = yield* readBytes(process, path, (reason) => {
    return new ToolError(`osdmaptool: error reading crush map from ${path}: ${reason}\n`);
  });
  const crush = decodeCrushOr(path, bytes);
  if (crush.maxDevices > map.maxOsd) {
    const text = `crushmap max_devices ${crush.maxDevices} > osdmap max_osd ${map.maxOsd}`;
    throw new ToolError(`osdmaptool: ${text}\n`);
  }
  yield* process.stdout.write(`osdmaptool: imported ${bytes.length} byte crush map from ${path}\n`);
  return { map: { ...nextEpoch(map), crush, crushVersion: map.crushVersion + 1 }, modified: true };
}

function decodeCrushOr(path: string, bytes: Uint8Array): OsdMap['crush'] {
  try {
    return decodeCrushMap(bytes);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`osdmaptool: unable to decode ${path}: ${error.context}\n`);
  }
}

function* exportCrush(process: Process, request: Request, map: OsdMap): Task<void> {
  const path = textOf(request, 'exportCrush');
  if (path === '') return;
  yield* writeMapFile(
    process,
    path,
    encodeCrushMap(map.crush),
    'osdmaptool: error writing crush map to ',
    textOf(request, 'importCrush'),
  );
  yield* process.stdout.write(`osdmaptool: exported crush map to ${path}\n`);
}

const ACTIONS: readonly OptionName[] = [
  ...(['print', 'dump', 'health', 'tree', 'testMapPgs', 'testMapPgsDump', 'testMapPgsDumpAll'] as const),
  ...(['upmap', 'upmapCleanup', 'read'] as const),
];
/** Options that are none with an empty text. */
const TEXT_ACTIONS: readonly OptionName[] = [
  ...(['exportCrush', 'importCrush', 'testMapPg', 'testMapObject', 'adjustCrushWeight'] as const),
];

function hasAction(request: Request): boolean {
  return has(request, ...ACTIONS) || TEXT_ACTIONS.some((name) => textOf(request, name) !== '');
}

function* finish(process: Process, request: Request, path: string, { map, modified }: Changed): Task<void> {
  const { stdout } = process;
  const last = modified ? { ...map, epoch: map.epoch + 1 } : map;
  if (has(request, 'health')) yield* stdout.write(flushed(healthNode(last), 'json-pretty', 'json'));
  if (has(request, 'print', 'dump')) {
    const format = formatOf(request, 'dump');
    yield* stdout.write(format === undefined ? mapText(last) : flushed(mapNode(last), format, 'json', STREAMED));
  }
  if (has(request, 'tree')) {
    const format = formatOf(request, 'tree');
    yield* stdout.write(format === undefined ? treeText(last) : `${flushed(treeNode(last), format, 'json')}\n`);
  }
  if (!modified) return;
  yield* stdout.write(`osdmaptool: writing epoch ${last.epoch} to ${path}\n`);
  yield* writeMapFile(process, path, encodeOsdMap(last, 'tool'), `osdmaptool: error writing to '${path}'`);
}

/** The structured format asked for; undefined for plain text. */
function formatOf(request: Request, option: 'dump' | 'tree'): string | undefined {
  // An option without a word changes no format that an earlier one set.
  const format = request.texts.get(option)?.findLast((text) => text !== '' && text !== 'plain');
  return format;
}
