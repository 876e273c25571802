import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { checkObjectMap, rebuildObjectMap } from '../../../../engine/librbd/operation/object-map-check.ts';
import type { OnProgress } from '../../../../engine/librbd/progress.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, IMAGE_OR_SNAP_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

const RECORD = { positionals: [IMAGE_OR_SNAP_SPEC], options: [...FOR_SNAP, NO_PROGRESS_OPTION] };

export const objectMapCheck = rbdCommand(
  { ...RECORD, words: ['object-map', 'check'], summary: 'Compare the object map with the objects that are there.' },
  (run) => overMap(run, 'Object Map Check', 'checking object map failed', checkObjectMap),
);

export const objectMapRebuild = rbdCommand(
  { ...RECORD, words: ['object-map', 'rebuild'], summary: 'Make the object map anew from the objects that are there.' },
  (run) => overMap(run, 'Object Map Rebuild', 'rebuilding object map failed', rebuildObjectMap),
);

function* overMap(
  run: RbdRun,
  title: string,
  words: string,
  operation: (image: ImageCtx, onProgress: OnProgress) => Task<void>,
): Task<void> {
  const { io, spec } = yield* run.openSpec({ snap: 'permitted' });
  const at = spec.snap === '' ? {} : { snapName: spec.snap };
  yield* onImage(io, { name: spec.image }, at, (image) =>
    orFail(
      words,
      withProgress(run.process, title, run.silent, (onProgress) => operation(image, onProgress)),
    ),
  );
}
