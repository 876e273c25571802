import { CephError } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { OnProgress } from '../../../../engine/librbd/progress.ts';
import { type ByteSink, openSink } from '../byte-sink.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { mergeDiffs } from '../merge-diff.ts';
import { NO_PROGRESS_OPTION, PATH, PATH_NAME } from '../options.ts';
import { pathOf, requirePositional } from '../positionals.ts';
import { withProgress } from '../progress.ts';
import { RbdError } from '../rbd-error.ts';
import { sourceOrTell } from '../source-or-tell.ts';

export const mergeDiffCommand = rbdCommand(
  {
    words: ['merge-diff'],
    summary: 'Make one diff out of two, of which the second begins where the first ends.',
    positionals: [
      { ...PATH_NAME, name: 'diff1-path', summary: 'The first diff, or - for the standard input' },
      { ...PATH_NAME, name: 'diff2-path', summary: 'The second diff' },
      PATH_NAME,
    ],
    options: [PATH, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const first = requirePositional(run, 'first diff');
    const second = requirePositional(run, 'second diff');
    const path = pathOf(run);
    try {
      yield* withProgress(run.process, 'Merging image diff', run.silent, (onProgress) =>
        merge(run, first, second, path, onProgress),
      );
    } catch (error) {
      if (error instanceof CephError) throw new RbdError('merge-diff error', error.errno);
      throw error;
    }
  },
);

function* merge(run: RbdRun, first: string, second: string, path: string, onProgress: OnProgress): Task<void> {
  const one = yield* sourceOrTell(run, first);
  const two = yield* sourceOrTell(run, second);
  const sink = yield* sinkOrTell(run, path);
  try {
    yield* mergeDiffs(run, one, two, sink, onProgress);
    yield* sink.finish();
  } catch (error) {
    yield* sink.discard();
    throw error;
  }
}

function* sinkOrTell(run: RbdRun, path: string): Task<ByteSink> {
  try {
    return openSink(run.process, path);
  } catch (error) {
    if (error instanceof CephError) yield* run.complain(`rbd: error create ${path}\n`);
    throw error;
  }
}
