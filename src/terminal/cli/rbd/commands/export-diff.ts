import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { optionValue } from '../../command.ts';
import { openSink } from '../byte-sink.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { type DiffExport, exportDiff } from '../export-diff.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, FROM_IMAGE_OR_SNAP, NO_PROGRESS_OPTION, PATH, PATH_NAME } from '../options.ts';
import { pathOf } from '../positionals.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const exportDiffCommand = rbdCommand(
  {
    words: ['export-diff'],
    summary: 'Write what differs since a snapshot, or since the image was made, to a file.',
    positionals: [FROM_IMAGE_OR_SNAP, PATH_NAME],
    options: [
      ...FOR_SNAP,
      PATH,
      { long: 'from-snap', type: 'string', summary: 'The snapshot to compare with' },
      { long: 'whole-object', summary: 'Whole objects, told from the object map' },
      NO_PROGRESS_OPTION,
    ],
  },
  function* (run) {
    const spec = run.specs.image({ snap: 'permitted' });
    const path = pathOf(run);
    const options: DiffExport = {
      from: optionValue(run.args, 'from-snap') || null,
      to: spec.snap || null,
      wholeObject: run.has('whole-object'),
      format: 1,
    };
    const io = yield* run.open(spec);
    const at = spec.snap === '' ? {} : { snapName: spec.snap };
    yield* onImage(io, { name: spec.image }, { readOnly: true, ...at }, (image) =>
      orFail('export-diff error', write(run, image, path, options)),
    );
  },
);

/** A file that could not be written to its end is taken away again. */
function* write({ process, silent }: RbdRun, image: ImageCtx, path: string, options: DiffExport): Task<void> {
  const sink = openSink(process, path);
  try {
    yield* withProgress(process, 'Exporting image', silent, function* (onProgress) {
      yield* exportDiff(image, options, sink, onProgress);
      yield* sink.finish();
    });
  } catch (error) {
    yield* sink.discard();
    throw error;
  }
}
