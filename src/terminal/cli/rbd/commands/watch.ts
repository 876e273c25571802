import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { type Watch, watchObject } from '../../../../engine/librados/watch-notify.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { notifyOpOf } from '../../../../engine/librbd/notify.ts';
import { untilKey } from '../../until-key.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const watch = rbdCommand(
  {
    words: ['watch'],
    summary: 'Print what clients tell each other about an image, until enter is pressed.',
    positionals: [IMAGE_SPEC],
    options: FOR_IMAGE,
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, (image) => watchImage(run, image));
  },
);

function* watchImage(run: RbdRun, image: ImageCtx): Task<void> {
  const watched = yield* begin(run, image);
  let ended = false;
  try {
    yield* run.print('press enter to exit...\n');
    yield* untilKey(run.process.stdin, watched, 'a notification', () => show(run, image, watched));
    yield* orFail('unwatch failed\nrbd: watch failed', watched.unwatch());
    ended = true;
  } finally {
    if (!ended) watched.abandon();
  }
}

function* begin(run: RbdRun, image: ImageCtx): Task<Watch> {
  // A number that looks like the address that a real cookie is.
  const cookie = 0x5500_0000_0000 + run.process.cluster.rng.uint32('watch-cookie') * 16;
  try {
    return yield* watchObject(image.io, image.headerOid, cookie);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(`watch failed\nrbd: watch failed: ${cppStrerror(error.errno)}`, error.errno);
  }
}

function* show(run: RbdRun, image: ImageCtx, watched: Watch): Task<void> {
  for (const { notifyId, cookie, from, payload, ack } of watched.take()) {
    const op = notifyOpOf(payload);
    if (op === null) yield* run.complain('rbd: failed to decode image notification\n');
    const ids = `notify_id=${notifyId}, cookie=${cookie}, notifier_id=${from}`;
    const what = `bl.length=${payload.length}, notify_op=${op ?? 'Unknown'}`;
    yield* run.print(`${image.name} received notification: ${ids}, ${what}\n`);
    ack(new Uint8Array());
  }
  if (watched.takeLoss())
    yield* run.complain(`${image.name} received error: cookie=${watched.cookie}, err=${cppStrerror(ERRNO.ENOTCONN)}\n`);
}
