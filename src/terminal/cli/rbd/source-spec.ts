import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import { fieldText, readSource } from '../../../engine/librbd/migration/source-spec.ts';
import { networkStream } from '../../../engine/librbd/migration/sources/stream-spec.ts';
import { EXIT_NOT_YET, optionValue } from '../command.ts';
import { openSource } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

const MOST_BYTES = 1024 * 1024;

/**
 * What `--source-spec` or `--source-spec-path` says; null where neither is given. Streams over a network are not there:
 * the simulated machine has none, and a page may not open a connection to any server it likes.
 */
export function* readSourceSpec(run: RbdRun): Task<string | null> {
  const path = optionValue(run.args, 'source-spec-path');
  const inline = optionValue(run.args, 'source-spec');
  if (path !== undefined && inline !== undefined) {
    throw new RbdError('cannot specify both source-spec and source-spec-path', ERRNO.EINVAL);
  }
  const text = path === undefined ? (inline ?? null) : yield* readFile(run, path);
  const missing = text === null ? undefined : whatIsMissing(text);
  if (missing !== undefined) throw new RbdError(missing, EXIT_NOT_YET);
  return text;
}

/** What is wrong with the source-spec, the engine says in its turn. */
function whatIsMissing(text: string): string | undefined {
  try {
    const source = readSource(text);
    const network = networkStream(source);
    if (network !== undefined) {
      return `streams of type '${network}' are not there in Radoscope: the simulated machine has no network; use a file`;
    }
    const cluster = fieldText(source, 'cluster_name') ?? '';
    return cluster === '' ? undefined : `a cluster '${cluster}' is not there in Radoscope: one cluster is simulated`;
  } catch (error) {
    if (error instanceof CephError) return undefined;
    throw error;
  }
}

function* readFile(run: RbdRun, path: string): Task<string> {
  try {
    return utf8Decode(bytesOfData(yield* openSource(run.process, path).read(MOST_BYTES)));
  } catch (error) {
    if (error instanceof CephError) throw new RbdError(`error opening ${path}`, error.errno);
    throw error;
  }
}
