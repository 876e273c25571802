import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { compileCrushMap } from '../../../engine/crush/compile/compile.ts';
import type { CrushMap } from '../../../engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../../engine/crush/decode.ts';
import { emptyMap } from '../../../engine/crush/edit/draft.ts';
import { OPTIMAL_TUNABLES } from '../../../engine/crush/tunables.ts';
import type { Process } from '../../process.ts';
import { readInput } from '../rados/input.ts';
import { buildMap } from './build.ts';
import type { Request } from './request.ts';
import { exitCodeOf, ToolError } from './tool-error.ts';

/** Where the map comes from: a file, a text, or layers; else it is empty. */
export function* inputMap(process: Process, request: Request): Task<CrushMap> {
  const path = request.text('infn', 'decompile');
  let map = emptyMap(OPTIMAL_TUNABLES);
  if (path !== '') map = yield* readMap(process, path);
  if (request.has('compile')) map = yield* compileFile(process, request.text('compile'));
  if (request.has('build')) {
    const { built, warning } = buildMap(request);
    map = built;
    if (warning !== '') yield* process.stderr.write(warning);
  }
  return map;
}

/** A binary map from a file. */
export function* readMap(process: Process, path: string): Task<CrushMap> {
  if (path === '-' && process.stdin.isTty) throw new ToolError('stdin must not be from a tty\n');
  const bytes = yield* readFile(process, path);
  try {
    return decodeCrushMap(bytes);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`crushtool: unable to decode ${path}\n`);
  }
}

function* readFile(process: Process, path: string): Task<Uint8Array> {
  try {
    return bytesOfData(yield* readInput(process, path));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = `can't open ${path}: ${cppStrerror(error.errno)}`;
    throw new ToolError(`crushtool: error reading '${path}': ${reason}\n`);
  }
}

function* compileFile(process: Process, path: string): Task<CrushMap> {
  const bytes = yield* sourceBytes(process, path);
  const { map, messages } = compileCrushMap(bytes, path);
  if (map === undefined) throw new ToolError(messages);
  if (messages !== '') yield* process.stderr.write(messages);
  return map;
}

/** More than the compiler takes; a device has no end. */
const MOST_SOURCE_BYTES = 8 * 1024 ** 2;

function* sourceBytes(process: Process, path: string): Task<Uint8Array> {
  try {
    const file = process.files.open(path, 'read');
    const data = yield* file.readAt(0, Math.min(file.size(), MOST_SOURCE_BYTES));
    yield* file.close();
    return bytesOfData(data);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`input file ${path} not found\n`, exitCodeOf(ERRNO.ENOENT));
  }
}
