import { CephError, cppStrerror } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { getMetadata } from '../../../../engine/librbd/operation/metadata.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, META_KEY } from '../options.ts';
import { requirePositional } from '../positionals.ts';
import { orFail } from '../rbd-error.ts';

export const imageMetaGet = rbdCommand(
  {
    words: ['image-meta', 'get'],
    summary: "Print one value of an image's metadata.",
    positionals: [IMAGE_SPEC, META_KEY],
    options: FOR_IMAGE,
  },
  function* (run) {
    const spec = run.specs.image();
    const key = requirePositional(run, 'metadata key');
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      yield* run.print(`${yield* orFail('getting metadata failed', get(run, image, key))}\n`);
    });
  },
);

/** The real tool tells of a failure twice, the first time without the image's name. */
function* get(run: RbdRun, image: ImageCtx, key: string): Task<string> {
  try {
    return yield* getMetadata(image, key);
  } catch (error) {
    if (error instanceof CephError) {
      yield* run.complain(`failed to get metadata ${key} of image : ${cppStrerror(error.errno)}\n`);
    }
    throw error;
  }
}
