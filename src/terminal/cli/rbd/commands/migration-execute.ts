import { executeMigration } from '../../../../engine/librbd/migration/execute.ts';
import { rbdCommand } from '../command.ts';
import { FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const migrationExecute = rbdCommand(
  {
    words: ['migration', 'execute'],
    summary: 'Copy what is not copied yet.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    yield* orFail(
      'migration failed',
      withProgress(run.process, 'Image migration', run.silent, (tell) => executeMigration(io, spec.image, tell)),
    );
  },
);
