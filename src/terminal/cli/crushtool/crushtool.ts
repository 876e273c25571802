import { bytesData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { CrushMap } from '../../../engine/crush/crush-map.ts';
import { encodeCrushMap } from '../../../engine/crush/encode.ts';
import { finalized } from '../../../engine/crush/finalize.ts';
import type { Process } from '../../process.ts';
import { explainFor } from '../explain/explain.ts';
import { readArguments } from './arguments.ts';
import { display } from './display.ts';
import { outputHelpText, usageText } from './help.ts';
import { inputMap, readMap } from './input.ts';
import { isModified, modifyMap } from './modify.ts';
import type { OptionName } from './options.ts';
import { reclassified } from './reclassify.ts';
import { Request } from './request.ts';
import { compareMaps } from './test/compare.ts';
import { testMap } from './test/tester.ts';
import { ToolError } from './tool-error.ts';

/** The `crushtool` tool: reads or makes a map, changes it, prints and tests it, writes it. */
export function* crushtool(process: Process): Task<number> {
  try {
    return yield* run(process);
  } catch (error) {
    if (error instanceof CephError && !error.is('EPIPE')) {
      yield* process.stderr.write(`crushtool: ${error.message}\n`);
      return 1;
    }
    if (!(error instanceof ToolError)) throw error;
    if (error.message !== '') yield* process.stderr.write(error.message);
    return error.exitCode;
  }
}

function* run(process: Process): Task<number> {
  const words = process.argv.slice(1);
  if (words.length === 0) throw new ToolError('crushtool: -h or --help for usage\n');
  if (words.includes('-h') || words.includes('--help')) {
    yield* process.stdout.write(usageText(explainFor(process.env)));
    return 0;
  }
  const read = readArguments(words);
  if ('error' in read) throw new ToolError(read.error);
  const request = new Request(read.options, read.rest);
  if (request.has('helpOutput')) {
    yield* process.stdout.write(outputHelpText(explainFor(process.env)));
    return 0;
  }
  yield* announceRules(process, request);
  yield* checkRequest(process, request);
  return yield* work(process, request);
}

/** The tool says what rules it will make while it reads its options. */
function* announceRules(process: Process, request: Request): Task<void> {
  for (const { name, values } of request.all('createSimpleRule', 'createReplicatedRule')) {
    const [rule, root, type, mode] = values;
    const simple = name === 'createSimpleRule';
    const option = simple ? '--create-simple-rule' : '--create-replicated-rule';
    const text = `${option}: name=${rule} root=${root} type=${type}${simple ? ` mode=${mode}` : ''}\n`;
    yield* process.stdout.write(text);
  }
}

/** Options that print something of a test. */
const SHOWS: readonly OptionName[] = [
  'showUtilization',
  'showUtilizationAll',
  'showStatistics',
  'showMappings',
  'showBadMappings',
  'showChooseTries',
];

/** Options of which one at least must be given. */
const ACTIONS: readonly OptionName[] = [
  'check',
  'compile',
  'decompile',
  'build',
  'test',
  'reweight',
  'setChooseLocalTries',
  'setChooseLocalFallbackTries',
  'setChooseTotalTries',
  'setChooseleafDescendOnce',
  'setChooseleafVaryR',
  'setChooseleafStable',
  'setStrawCalcVersion',
  'setAllowedBucketAlgs',
  'tree',
  'dump',
  'addBucket',
  'move',
  'createSimpleRule',
  'createReplicatedRule',
  'removeRule',
  'bucketTree',
  'reclassify',
  'rebuildClassRoots',
];

function* checkRequest(process: Process, request: Request): Task<void> {
  const { rest } = request;
  if (request.has('test') && !request.has('check', 'outputCsv', ...SHOWS) && request.text('compare') === '') {
    yield* process.stderr.write('WARNING: no output selected; use --output-csv or --show-X\n');
  }
  const sources = (['decompile', 'compile', 'build'] as const).filter((name) => request.has(name));
  if (sources.length > 1) {
    throw new ToolError('cannot specify more than one of compile, decompile, and build\n');
  }
  if (!hasAction(request)) throw new ToolError('no action specified; -h for help\n');
  if (!request.has('build') && rest.length > 0) throw new ToolError(`unrecognized arguments: [${rest.join(',')}]\n`);
  if (rest.length % 3 !== 0) {
    const layers = 'layers must be specified with 3-tuples of (name, buckettype, size)\n';
    throw new ToolError(`remaining args: [${rest.join(',')}]\n${layers}`);
  }
}

function hasAction(request: Request): boolean {
  if (request.has(...ACTIONS)) return true;
  if ((request.last('addItem', 'updateItem')?.number ?? -1) >= 0) return true;
  if ((request.number('showLocation') ?? -1) >= 0) return true;
  return [request.text('compare'), request.text('removeItem'), request.text('reweightItem')].some(
    (text) => text !== '',
  );
}

function* work(process: Process, request: Request): Task<number> {
  const input = yield* inputMap(process, request);
  let map = yield* modifyMap(process, request, input);
  if (request.has('reclassify')) map = yield* reclassified(process, request, map);
  yield* display(process, request, map);
  if (request.has('test')) yield* testMap(process, request, map);
  const other = request.text('compare');
  if (other !== '') yield* compareMaps(process, request, map, yield* readMap(process, other));
  if (isModified(request, input, map)) yield* writeMap(process, request, map);
  return 0;
}

function* writeMap(process: Process, request: Request, map: CrushMap): Task<void> {
  const path = request.text('outfn');
  if (path === '') {
    const text = "crushtool successfully built or modified map.  Use '-o <file>' to write it out.\n";
    yield* process.stdout.write(text);
    return;
  }
  try {
    const file = process.files.open(path, 'write');
    yield* file.writeAt(0, bytesData(encodeCrushMap(finalized(map))));
    yield* file.close();
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = cppStrerror(error.errno);
    const detail = `bufferlist::write_file(${path}): failed to open file: ${reason}\n`;
    throw new ToolError(`${detail}crushtool: error writing '${path}': ${reason}\n`);
  }
  if (request.has('verbose')) yield* process.stdout.write(`wrote crush map to ${path}\n`);
}
