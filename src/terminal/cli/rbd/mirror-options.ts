import { CephError, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import { mirrorImageInfo } from '../../../engine/librbd/mirror/image-info.ts';
import { mirrorMode } from '../../../engine/librbd/mirror/pool-mode.ts';
import { type OptionRecord, optionValue, type ParsedArgs, type PositionalRecord } from '../command.ts';
import type { RbdRun } from './command.ts';
import { onImage } from './open.ts';
import { RbdError } from './rbd-error.ts';
import { invalid } from './values.ts';

export const MIRROR_MODE: PositionalRecord = {
  name: 'mode',
  type: 'string',
  summary: 'How: image or pool',
  optional: true,
};
export const PEER_UUID: PositionalRecord = {
  name: 'uuid',
  type: 'string',
  summary: 'UUID of the peer',
  optional: true,
};

export const POOL_NAME: PositionalRecord = { name: 'pool-name', type: 'pool', summary: 'The pool', optional: true };
export const SITE_NAME: OptionRecord = { long: 'site-name', type: 'string', summary: 'Name of this cluster' };
export const DIRECTION: OptionRecord = {
  long: 'direction',
  type: 'enum:rx-only|rx-tx',
  summary: 'Which way (rx-tx)',
};

/** Which way a peer is to be mirrored with; what is none is told before all else. */
export function checkDirection(args: ParsedArgs): 'rx-only' | 'rx-tx' {
  const wanted = optionValue(args, 'direction') ?? 'rx-tx';
  return wanted === 'rx-only' || wanted === 'rx-tx' ? wanted : invalid('direction');
}

/** Opens a pool that is mirrored. */
export function* mirroredPool(run: RbdRun, options: Parameters<RbdRun['openPoolSpec']>[0] = {}): Task<IoCtx> {
  const io = yield* run.openPoolSpec(options);
  yield* refuseUnmirrored(io);
  return io;
}

export function* refuseUnmirrored(io: IoCtx): Task<void> {
  if ((yield* mirrorMode(io)) === 'disabled') throw new RbdError('mirroring not enabled on the pool', ERRNO.EINVAL);
}

/** Opens the image of the command line, which must be mirrored. @ceph src/tools/rbd/action/MirrorImage.cc validate_mirroring_enabled — exact */
export function* onMirrored<T>(run: RbdRun, body: (image: ImageCtx) => Task<T>, onlyBySnapshots = false): Task<T> {
  const { io, spec } = yield* run.openSpec();
  return yield* onImage(io, { name: spec.image }, {}, function* (image) {
    const info = yield* mirrorImageInfo(image);
    if (info?.state !== 'enabled') throw new RbdError('mirroring not enabled on the image', ERRNO.EINVAL);
    if (onlyBySnapshots && info.mode !== 'snapshot') {
      throw new RbdError('snapshot based mirroring not enabled on the image', ERRNO.EINVAL);
    }
    return yield* body(image);
  });
}

/** Runs a task; what Ceph answers with an errno ends the tool with bare words. */
export function* orWords<T>(words: string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (error instanceof CephError) throw new RbdError(words, error.errno);
    throw error;
  }
}
