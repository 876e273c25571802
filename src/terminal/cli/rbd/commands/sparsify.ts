import { sparsifyImage } from '../../../../engine/librbd/operation/sparsify.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION, SPARSE_SIZE } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';
import { SPARSE_BYTES } from '../sparse.ts';
import { bytesOption } from '../values.ts';

export const sparsify = rbdCommand(
  {
    words: ['sparsify'],
    summary: 'Give back the room of what is written but holds zeros alone.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, NO_PROGRESS_OPTION, SPARSE_SIZE],
  },
  function* (run) {
    const sparseSize = bytesOption(run.args, 'sparse-size') ?? SPARSE_BYTES;
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orFail(
        'sparsify error',
        withProgress(run.process, 'Image sparsify', run.silent, (onProgress) =>
          sparsifyImage(image, sparseSize, onProgress),
        ),
      ),
    );
  },
);
