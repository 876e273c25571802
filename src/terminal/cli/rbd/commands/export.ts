import { must } from '../../../../engine/base/assert.ts';
import { holeData, isZeroData } from '../../../../engine/base/data.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { readImages } from '../../../../engine/librbd/io/image-io.ts';
import { rounds, steps } from '../../../../engine/librbd/io/rounds.ts';
import type { OnProgress } from '../../../../engine/librbd/progress.ts';
import type { Process } from '../../../process.ts';
import { type ByteSink, openSink } from '../byte-sink.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { exportWithSnaps } from '../export-image.ts';
import { onImage } from '../open.ts';
import { EXPORT_FORMAT, FOR_SNAP, FROM_IMAGE_OR_SNAP, NO_PROGRESS_OPTION, PATH, PATH_NAME } from '../options.ts';
import { pathOf } from '../positionals.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';
import { formatOption } from '../values.ts';

export const exportCommand = rbdCommand(
  {
    words: ['export'],
    summary: 'Write an image to a file.',
    description:
      'The file must not be there yet. Zeros become holes in it. Format 2 takes snapshots and metadata along.',
    positionals: [FROM_IMAGE_OR_SNAP, PATH_NAME],
    options: [...FOR_SNAP, PATH, NO_PROGRESS_OPTION, EXPORT_FORMAT],
  },
  function* (run) {
    const format = formatOption(run.args, 'export-format');
    const spec = run.specs.image({ snap: 'permitted' });
    const path = pathOf(run);
    const io = yield* run.open(spec);
    const at = spec.snap === '' ? {} : { snapName: spec.snap };
    yield* onImage(io, { name: spec.image }, { readOnly: true, ...at }, (image) =>
      orFail('export error', exportTo(run, image, path, format === 2 ? exportWithSnaps : exportBytes)),
    );
  },
);

type Exporter = (image: ImageCtx, sink: ByteSink, onProgress: OnProgress, process: Process) => Task<void>;

/** The file is made first: that it is there already is told without a progress line. What an error leaves of it stays. */
function* exportTo({ process, silent }: RbdRun, image: ImageCtx, path: string, exporter: Exporter): Task<void> {
  const sink = openSink(process, path);
  yield* withProgress(process, 'Exporting image', silent, function* (onProgress) {
    try {
      yield* exporter(image, sink, onProgress, process);
    } catch (error) {
      yield* sink.finish();
      throw error;
    }
    yield* sink.finish();
  });
}

/** @ceph src/tools/rbd/action/Export.cc do_export_v1 — exact; what an image does not hold stays a hole */
function* exportBytes(image: ImageCtx, sink: ByteSink, onProgress: OnProgress): Task<void> {
  const period = image.objectSize * image.layout.stripeCount;
  for (const round of rounds(image, steps(0, image.size, period))) {
    const stretches = round.map((off) => ({ off, len: Math.min(period, image.size - off) }));
    const read = yield* readImages(image, stretches);
    for (const [at, data] of read.entries()) {
      yield* sink.write(isZeroData(data) ? holeData(data.length) : data);
      onProgress(must(round[at], 'a place'), image.size);
    }
  }
}
