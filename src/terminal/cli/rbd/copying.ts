import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import type { CreateOptions } from '../../../engine/librbd/operation/create.ts';
import type { OnProgress } from '../../../engine/librbd/progress.ts';
import type { RbdRun } from './command.ts';
import { createOptions } from './create-options.ts';
import { onImage } from './open.ts';
import { withProgress } from './progress.ts';
import { orFail } from './rbd-error.ts';

interface Copying {
  /** Of the progress line. */
  readonly title: string;
  /** Before the errno where it fails. */
  readonly words: string;
  operation(source: ImageCtx, io: IoCtx, name: string, options: CreateOptions, onProgress: OnProgress): Task<unknown>;
}

/** What `copy` and `deep copy` share: a source to read, a destination to make, a progress line. */
export function* runCopy(run: RbdRun, { title, words, operation }: Copying): Task<void> {
  const from = run.specs.image({ snap: 'permitted' });
  const to = run.specs.image({ dest: true, validation: 'full' });
  const options = createOptions(run);
  const source = yield* run.open(from);
  const at = from.snap === '' ? {} : { snapName: from.snap };
  yield* onImage(source, { name: from.image }, { readOnly: true, ...at }, function* (image) {
    const io = yield* run.open(to);
    yield* orFail(
      words,
      withProgress(run.process, title, run.silent, (onProgress) => operation(image, io, to.image, options, onProgress)),
    );
  });
}
