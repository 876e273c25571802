import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { readBanner } from '../diff-source.ts';
import { BANNER } from '../diff-tags.ts';
import { importDiff } from '../import-diff.ts';

import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION, PATH, PATH_NAME, SPARSE_SIZE } from '../options.ts';
import { pathOf } from '../positionals.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';
import { sourceOrTell } from '../source-or-tell.ts';
import { SPARSE_BYTES } from '../sparse.ts';
import { bytesOption } from '../values.ts';

export const importDiffCommand = rbdCommand(
  {
    words: ['import-diff'],
    summary: 'Apply a diff to an image, and make the snapshot that it ends with.',
    positionals: [PATH_NAME, IMAGE_SPEC],
    options: [PATH, ...FOR_IMAGE, SPARSE_SIZE, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const path = pathOf(run);
    const spec = run.specs.image();
    const sparseSize = bytesOption(run.args, 'sparse-size') ?? SPARSE_BYTES;
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orFail('import-diff failed', readAsBadMessage(apply(run, image, path, sparseSize))),
    );
  },
);

function* apply(run: RbdRun, image: ImageCtx, path: string, sparseSize: number): Task<void> {
  const source = yield* sourceOrTell(run, path);
  yield* readBanner(run, source, BANNER.diff);
  yield* withProgress(run.process, 'Importing image diff', run.silent, (onProgress) =>
    importDiff(image, { run, source, format: 1, sparseSize, onProgress }),
  );
}

/** A file that ends too early is a bad message. */
function* readAsBadMessage(task: Task<void>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    throw error instanceof CephError && error.errno === ERRNO.EDOM ? new CephError('EBADMSG') : error;
  }
}
