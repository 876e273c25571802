import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import { sourceType } from '../../../engine/librbd/migration/source-spec.ts';
import { EXIT_NOT_YET, optionValue } from '../command.ts';
import { openSource } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

const MOST_BYTES = 1024 * 1024;

/**
 * What `--source-spec` or `--source-spec-path` says; null where neither is given. Sources that are no images of this
 * cluster are not there yet.
 */
export function* readSourceSpec(run: RbdRun): Task<string | null> {
  const path = optionValue(run.args, 'source-spec-path');
  const inline = optionValue(run.args, 'source-spec');
  if (path !== undefined && inline !== undefined) {
    throw new RbdError('cannot specify both source-spec-path and source-spec', ERRNO.EINVAL);
  }
  const text = path === undefined ? (inline ?? null) : yield* readFile(run, path);
  if (text !== null && formatOf(text) !== 'native') {
    throw new RbdError(`migration of '${formatOf(text)}' sources is not there yet in Radoscope`, EXIT_NOT_YET);
  }
  return text;
}

/** What the engine refuses, it refuses in its turn. */
function formatOf(text: string): string {
  try {
    return sourceType(text);
  } catch (error) {
    if (error instanceof CephError) return 'native';
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
