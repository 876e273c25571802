import { ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { MirrorMode } from '../../../../engine/codec/rbd-mirror-codec.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import {
  mirrorMode,
  remoteNamespace,
  setMirrorMode,
  setRemoteNamespace,
} from '../../../../engine/librbd/mirror/pool-mode.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { MIRROR_MODE, SITE_NAME } from '../mirror-options.ts';
import { setSiteName, siteName } from '../mirror-site.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const mirrorPoolEnable = rbdCommand(
  {
    words: ['mirror', 'pool', 'enable'],
    summary: 'Mirror a pool.',
    description:
      'In mode image each image is asked for; in mode pool all images with journals are mirrored; init-only lets namespaces be.',
    positionals: [POOL_SPEC, MIRROR_MODE],
    options: [
      ...IN_POOL,
      SITE_NAME,
      { long: 'remote-namespace', type: 'namespace', summary: 'What the namespace is called at the peer' },
    ],
  },
  function* (run) {
    const { pool, nspace } = run.specs.pool({ validate: true });
    const mode = run.specs.nextPositional();
    if (mode !== 'image' && mode !== 'pool' && mode !== 'init-only') {
      throw new RbdError('mirror mode was not specified', ERRNO.EINVAL);
    }
    const io = yield* run.open({ pool, nspace });
    yield* nameRemote(run, io, mode);
    const before = yield* run.silently(mirrorMode(io));
    if (before === mode) {
      if (!nameSite(run)) yield* run.print(`rbd: mirroring is already configured for ${mode} mode\n`);
      return;
    }
    nameSite(run);
    if (before !== 'disabled') yield* run.print(`note: changing mirroring mode from ${before} to ${mode}\n`);
    yield* run.silently(setMirrorMode(io, mode));
  },
);

/** What the namespace is called at the peers: as here, unless said. @ceph src/tools/rbd/action/MirrorPool.cc execute_enable — exact */
function* nameRemote(run: RbdRun, io: IoCtx, mode: MirrorMode): Task<void> {
  const typed = optionValue(run.args, 'remote-namespace');
  if (mode === 'init-only') {
    if (typed === undefined) return;
    throw new RbdError('cannot specify remote namespace for init-only mode', ERRNO.EINVAL);
  }
  const name = typed ?? io.nspace;
  if ((yield* remoteNamespace(io)) === name) return;
  yield* orFail('failed to set the remote namespace', setRemoteNamespace(io, name));
}

/** True where this cluster has another name now. */
function nameSite(run: RbdRun): boolean {
  const name = optionValue(run.args, 'site-name');
  if (name === undefined || name === siteName(run)) return false;
  setSiteName(run, name);
  return true;
}
