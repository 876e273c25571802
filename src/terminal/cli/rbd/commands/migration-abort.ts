import { abortMigration } from '../../../../engine/librbd/migration/abort.ts';
import { rbdCommand } from '../command.ts';
import { FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const migrationAbort = rbdCommand(
  {
    words: ['migration', 'abort'],
    summary: 'Give a migration up: the old image comes back, the new one goes.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    yield* orFail(
      'aborting migration failed',
      withProgress(run.process, 'Abort image migration', run.silent, (tell) => abortMigration(io, spec.image, tell)),
    );
  },
);
