import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import type { Process } from '../../process.ts';
import { type Request, textOf } from './arguments.ts';
import { type ConfSection, parseConf } from './conf.ts';
import { readBytes } from './files.ts';
import { ToolError } from './tool-error.ts';

/** Sections by their names. */
export type Conf = ReadonlyMap<string, ConfSection>;

/** Sections that a tool heeds, the strongest first: it is the client `admin`. */
const SECTIONS = ['client.admin', 'client', 'global'] as const;

/**
 * Reads the configuration file that `-c` or CEPH_CONF names, and takes the settings in it. No file is looked for
 * elsewhere, and monitors are not asked. Gives its sections; none where there is no file.
 *
 * @ceph src/tools/osdmaptool.cc main — exact, but that lines that make no sense are passed over
 */
export function* readConf(process: Process, request: Request): Task<Conf> {
  const path = textOf(request, 'conf') || process.env.get('CEPH_CONF') || '';
  if (path === '') return new Map();
  const sections = yield* sectionsOf(process, path);
  for (const name of SECTIONS) {
    for (const [setting, value] of sections.get(name) ?? []) request.settings.offer(setting, value);
  }
  return sections;
}

/** A file that cannot be read is told, and does no harm. */
function* sectionsOf(process: Process, path: string): Task<Conf> {
  try {
    return parseConf(utf8Decode(yield* readBytes(process, path, (reason) => new ToolError(`${reason}\n`))));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    yield* process.stderr.write(error.message);
    return new Map();
  }
}

/** Words that CEPH_ARGS puts before those of the command line. */
export function wordsOfEnvironment({ env }: Process): string[] {
  return (env.get('CEPH_ARGS') ?? '').split(/\s+/).filter((word) => word !== '');
}
