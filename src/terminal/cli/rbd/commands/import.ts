import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { checkFormat1, createOptions } from '../create-options.ts';
import { extractSpec, type ImageSpec } from '../image-spec.ts';
import { importImage } from '../import-image.ts';
import { CREATE, DEST, EXPORT_FORMAT, NO_PROGRESS_OPTION, PATH, PATH_NAME, SPARSE_SIZE, TO_IMAGE } from '../options.ts';
import { pathOf } from '../positionals.ts';
import { withProgress } from '../progress.ts';
import { orFail, RbdError } from '../rbd-error.ts';
import { sourceOrTell } from '../source-or-tell.ts';
import { SPARSE_BYTES } from '../sparse.ts';
import { bytesOption, formatOption } from '../values.ts';

export const importCommand = rbdCommand(
  {
    words: ['import'],
    summary: 'Make an image out of a file.',
    description: 'Without another name it gets that of the file. Zeros in the file make no objects.',
    positionals: [PATH_NAME, TO_IMAGE],
    options: [
      PATH,
      ...DEST,
      ...CREATE,
      SPARSE_SIZE,
      NO_PROGRESS_OPTION,
      EXPORT_FORMAT,
      { long: 'pool', short: 'p', type: 'pool', summary: 'As --dest-pool (deprecated)', hidden: true },
      { long: 'image', type: 'string', summary: 'As --dest (deprecated)', hidden: true },
    ],
  },
  function* (run) {
    const path = pathOf(run);
    const spec = destination(run, path);
    yield* orFail('import failed', importFrom(run, path, spec));
  },
);

/** What is not said of the image is taken from the old options, and from the file's name. */
function destination(run: RbdRun, path: string): ImageSpec {
  const old = extractSpec(optionValue(run.args, 'image') ?? path.slice(path.lastIndexOf('/') + 1), 'full');
  if (old.nspace !== '') refuse("namespace name specified for a command that doesn't use it");
  const said = run.specs.image({ dest: true, validation: 'full', imageRequired: false });
  if (old.snap !== '') refuse("destination snapshot name specified for a command that doesn't use it");
  return {
    ...said,
    pool: said.pool || old.pool || (optionValue(run.args, 'pool') ?? ''),
    image: said.image || old.image,
  };
}

function refuse(message: string): never {
  throw new RbdError(message, ERRNO.EINVAL);
}

/** A file without a byte is taken for a device, and asked for its size as one. */
function* refuseEmpty(run: RbdRun): Task<never> {
  yield* run.complain('rbd: unable to get size of file/block device\n');
  throw new CephError('ENOTTY', 'empty file');
}

function* importFrom(run: RbdRun, path: string, spec: ImageSpec): Task<void> {
  const format = formatOption(run.args, 'export-format');
  const sparseSize = bytesOption(run.args, 'sparse-size') ?? SPARSE_BYTES;
  const options = createOptions(run);
  const io = yield* run.open(spec);
  const source = yield* sourceOrTell(run, path);
  yield* withProgress(run.process, 'Importing image', run.silent, function* (onProgress) {
    yield* checkFormat1(run);
    if (source.size === 0) yield* refuseEmpty(run);
    yield* importImage(io, spec.image, { run, source, format, sparseSize, options, onProgress });
  });
}
