import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { removeSnap } from '../../../../engine/librbd/operation/snap-remove.ts';
import type { OnProgress } from '../../../../engine/librbd/progress.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_ID, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const snapPurge = rbdCommand(
  {
    words: ['snap', 'purge'],
    summary: 'Remove all snapshots that are not protected.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, IMAGE_ID, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const id = optionValue(run.args, 'image-id');
    const { io, spec } = yield* run.openSpec({ imageRequired: id === undefined });
    const target = id === undefined ? { name: spec.image } : { id };
    yield* onImage(io, target, {}, (image) => purge(run, image));
  },
);

/** Thrown to end the progress line with `failed.`; the command itself succeeds, as the real one does. */
class SomeProtected extends Error {}

function* purge(run: RbdRun, image: ImageCtx): Task<void> {
  const snaps = image.header.snaps.filter(({ namespace }) => namespace.type === 'user').map(({ name }) => name);
  if (snaps.length === 0) return;
  const kept: string[] = [];
  try {
    yield* orFail(
      'removing snaps failed',
      withProgress(run.process, 'Removing all snapshots', run.silent, (onProgress) =>
        removeAll(run, image, snaps, kept, onProgress),
      ),
    );
  } catch (error) {
    if (!(error instanceof SomeProtected)) throw error;
  }
}

/** @ceph src/tools/rbd/action/Snap.cc do_purge_snaps — exact */
function* removeAll(
  run: RbdRun,
  image: ImageCtx,
  snaps: readonly string[],
  kept: string[],
  onProgress: OnProgress,
): Task<void> {
  for (const name of snaps) {
    if (image.userSnap(name)?.protection !== 'unprotected') kept.push(name);
    else {
      yield* removeSnap(image, name);
      onProgress(snaps.indexOf(name) + 1 - kept.length, snaps.length);
    }
  }
  if (kept.length === 0) return;
  const names = kept.map((name) => `'${name}'`).join(', ');
  const verb = kept.length > 1 ? 'are' : 'is';
  yield* run.print(
    `rbd: error removing snapshot(s) ${names}, which ${verb} protected - these must be unprotected with \`rbd snap unprotect\`.\n`,
  );
  throw new SomeProtected();
}
