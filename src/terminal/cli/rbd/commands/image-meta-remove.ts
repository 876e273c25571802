import { cppStrerror, isErrno } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { removeMetadata } from '../../../../engine/librbd/operation/metadata.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, META_KEY } from '../options.ts';
import { requirePositional } from '../positionals.ts';
import { orFail } from '../rbd-error.ts';

export const imageMetaRemove = rbdCommand(
  {
    words: ['image-meta', 'remove'],
    aliases: [['image-meta', 'rm']],
    summary: "Remove one value of an image's metadata.",
    positionals: [IMAGE_SPEC, META_KEY],
    options: FOR_IMAGE,
  },
  function* (run) {
    const spec = run.specs.image();
    const key = requirePositional(run, 'metadata key');
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { skipParent: true }, (image) =>
      orFail('removing metadata failed', remove(run, image, key)),
    );
  },
);

function* remove(run: RbdRun, image: ImageCtx, key: string): Task<void> {
  try {
    yield* removeMetadata(image, key);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      yield* run.complain(`rbd: no existing metadata key ${key} of image : ${cppStrerror(2)}\n`);
    }
    throw error;
  }
}
