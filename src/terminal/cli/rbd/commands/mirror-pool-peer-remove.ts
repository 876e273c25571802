import { ERRNO } from '../../../../engine/base/errno.ts';
import { removeMirrorPeer } from '../../../../engine/librbd/mirror/peers.ts';
import { rbdCommand } from '../command.ts';
import { PEER_UUID, POOL_NAME, refuseUnmirrored } from '../mirror-options.ts';
import { forgetPeerAttributes } from '../mirror-site.ts';
import { POOL } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const UUID_PATTERN = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const mirrorPoolPeerRemove = rbdCommand(
  {
    words: ['mirror', 'pool', 'peer', 'remove'],
    summary: 'Mirror with a cluster no more.',
    positionals: [POOL_NAME, PEER_UUID],
    options: [POOL],
  },
  function* (run) {
    const { pool, nspace } = run.specs.pool({ validate: true, nspace: false });
    const uuid = run.specs.nextPositional() ?? '';
    if (uuid === '') throw new RbdError('must specify peer uuid', ERRNO.EINVAL);
    if (!UUID_PATTERN.test(uuid)) throw new RbdError(`invalid uuid '${uuid}'`, ERRNO.EINVAL);
    const io = yield* run.open({ pool, nspace });
    yield* refuseUnmirrored(io);
    yield* orFail('error removing mirror peer', removeMirrorPeer(io, uuid));
    forgetPeerAttributes(run, io, uuid);
  },
);
