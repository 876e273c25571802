import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { type MirrorPeer, PEER_DIRECTIONS } from '../../../../engine/codec/rbd-mirror-codec.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { changeMirrorPeer, listMirrorPeers } from '../../../../engine/librbd/mirror/peers.ts';
import { rbdCommand } from '../command.ts';
import { PEER_UUID, POOL_NAME, refuseUnmirrored } from '../mirror-options.ts';
import { changePeerAttributes, readKeyFile } from '../mirror-site.ts';
import { POOL } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { UUID_PATTERN } from './mirror-pool-peer-remove.ts';

const KEYS = ['client', 'cluster', 'direction', 'key-file', 'mon-host', 'site-name'];

export const mirrorPoolPeerSet = rbdCommand(
  {
    words: ['mirror', 'pool', 'peer', 'set'],
    summary: 'Change what is known of a peer.',
    positionals: [
      POOL_NAME,
      PEER_UUID,
      { name: 'key', type: `enum:${KEYS.join('|')}`, summary: 'What to change', optional: true },
      { name: 'value', type: 'string', summary: 'Its new value', optional: true },
    ],
    options: [POOL],
  },
  function* (run) {
    const { pool, nspace } = run.specs.pool({ validate: true, nspace: false });
    const [uuid = '', key = '', value = ''] = run.specs.rest();
    if (uuid === '') throw new RbdError('must specify peer uuid', ERRNO.EINVAL);
    if (!UUID_PATTERN.test(uuid)) throw new RbdError(`invalid uuid '${uuid}'`, ERRNO.EINVAL);
    if (!KEYS.includes(key)) {
      throw new RbdError(`must specify ${KEYS.map((name) => `'${name}'`).join(', ')} key.`, ERRNO.EINVAL);
    }
    // The real tool says so, and goes on.
    if (value === '' && (key === 'client' || key === 'cluster')) {
      yield* run.complain(`rbd: must specify new ${key} value.\n`);
    }
    const secret = key === 'key-file' ? yield* readKeyFile(run, value) : value;
    const io = yield* run.open({ pool, nspace });
    yield* refuseUnmirrored(io);
    if (key === 'key-file') changePeerAttributes(run, io, uuid, { key: secret });
    else if (key === 'mon-host') changePeerAttributes(run, io, uuid, { mon_host: value });
    else yield* orUnknown(uuid, changeMirrorPeer(io, uuid, yield* changeOf(io, uuid, key, value)));
  },
);

type PeerChange = Partial<Pick<MirrorPeer, 'clientName' | 'siteName' | 'direction'>>;

function* changeOf(io: IoCtx, uuid: string, key: string, value: string): Task<PeerChange> {
  if (key === 'client') return { clientName: value };
  if (key !== 'direction') return { siteName: value };
  const direction = PEER_DIRECTIONS.find((each) => each === value);
  if (direction === undefined) throw new RbdError('invalid direction', ERRNO.EINVAL);
  const others = (yield* listMirrorPeers(io)).filter((peer) => peer.uuid !== uuid && peer.direction !== 'tx-only');
  if (direction !== 'tx-only' && others.length > 0) {
    throw new RbdError('multiple RX peers are not currently supported', ERRNO.EINVAL);
  }
  return { direction };
}

/** What Ceph answers ends the tool with bare words, or none. */
function* orUnknown(uuid: string, task: Task<void>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(error.is('ENOENT') ? `mirror peer ${uuid} does not exist` : '', error.errno);
  }
}
