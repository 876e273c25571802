import { bytesData } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { CrushMap } from '../../../engine/crush/crush-map.ts';
import { decompileCrushMap } from '../../../engine/crush/decompile.ts';
import { ancestorsOf, devicesUnder, idOfName, nameOf, typeNameOf, walkTree } from '../../../engine/crush/tree.ts';
import type { Process } from '../../process.ts';
import { flushed } from '../format/formatter.ts';
import { crushMapNode } from './dump.ts';
import type { Request } from './request.ts';
import { ToolError } from './tool-error.ts';
import { treeText } from './tree-text.ts';

/** Prints what is asked for, in the tool's order. */
export function* display(process: Process, request: Request, map: CrushMap): Task<void> {
  const { stdout } = process;
  const place = request.number('showLocation') ?? -1;
  if (place >= 0) yield* stdout.write(locationText(map, place));
  if (request.has('tree')) yield* stdout.write(treeText(map));
  if (request.has('bucketTree')) yield* printBucketTree(process, request.text('bucketName'), map);
  if (request.has('dump')) yield* stdout.write(dumpText(map, request.text('format')));
  if (request.has('decompile')) yield* printText(process, request.text('outfn'), map);
  if (request.has('check')) yield* checkNames(process, request.number('check') ?? -1, map);
}

/** Where an item stands: type and name of each bucket above it, by type name. */
function locationText(map: CrushMap, id: number): string {
  if (!map.names.has(id)) return '';
  const buckets = ancestorsOf(map, id).map((bucket) => [typeNameOf(map, bucket.id), nameOf(map, bucket.id)] as const);
  // As in Ceph, of two buckets of one type the nearer one counts.
  const byType = new Map([...buckets].reverse());
  return [...byType]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, name]) => `${type}\t${name}\n`)
    .join('');
}

function* printBucketTree(process: Process, name: string, map: CrushMap): Task<void> {
  if (name === '') {
    yield* process.stderr.write(': error bucket_name is empty\n');
    return;
  }
  const id = idOfName(map, name);
  const osds = new Set(id === undefined ? [] : devicesUnder(map, id));
  const lines = [...osds].sort((a, b) => a - b).map((osd) => `osd.${osd}\n`);
  yield* process.stdout.write(lines.join(''));
}

/** The tool ends every format with a newline more. */
function dumpText(map: CrushMap, format: string): string {
  return `${flushed(crushMapNode(map), format, 'json-pretty')}\n`;
}

function* printText(process: Process, path: string, map: CrushMap): Task<void> {
  const text = decompileCrushMap(map);
  if (path === '') {
    yield* process.stdout.write(text);
    return;
  }
  try {
    const file = process.files.open(path, 'write');
    yield* file.writeAt(0, bytesData(utf8Encode(text)));
    yield* file.close();
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`crushtool: error writing '${path}'\n`);
  }
}

/**
 * Looks for items and types without a name, and for devices from `maxId` on. 0 and less allow any device.
 *
 * @ceph src/crush/CrushTester.cc CrushTester::check_name_maps — exact
 */
function* checkNames(process: Process, maxId: number, map: CrushMap): Task<void> {
  if (maxId < 0) return;
  for (const id of [...walkTree(map).map((node) => node.id), 0]) {
    const problem = nameProblem(map, maxId, id);
    if (problem === undefined) continue;
    yield* process.stdout.write(`${problem}: item#${id}\n`);
    throw new ToolError('');
  }
}

function nameProblem(map: CrushMap, maxId: number, id: number): string | undefined {
  if (id < 0 && !map.names.has(id)) return 'unknown item name';
  if (id >= 0 && maxId > 0 && id >= maxId) return 'item id too large';
  const type = id < 0 ? (map.buckets.get(id)?.type ?? 0) : 0;
  return map.types.has(type) ? undefined : 'unknown type name';
}
