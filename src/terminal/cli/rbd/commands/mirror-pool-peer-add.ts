import { ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { addMirrorPeer, listMirrorPeers } from '../../../../engine/librbd/mirror/peers.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { checkDirection, DIRECTION, mirroredPool, orWords, POOL_NAME } from '../mirror-options.ts';
import { changePeerAttributes, type PeerAttributes, readKeyFile } from '../mirror-site.ts';
import { POOL } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

export const mirrorPoolPeerAdd = rbdCommand(
  {
    words: ['mirror', 'pool', 'peer', 'add'],
    summary: 'Name a cluster to mirror with.',
    description: 'It is noted down; mirroring itself takes a second cluster and a daemon between the two.',
    positionals: [
      POOL_NAME,
      { name: 'remote-cluster-spec', type: 'string', summary: '[client@]cluster', optional: true },
    ],
    options: [
      POOL,
      { long: 'remote-client-name', type: 'string', summary: 'Who this cluster is there' },
      { long: 'remote-cluster', type: 'string', summary: 'Name of that cluster' },
      { long: 'remote-mon-host', type: 'string', summary: 'Where the monitors of that cluster are' },
      { long: 'remote-key-file', type: 'string', summary: 'A file with the key for that cluster' },
      DIRECTION,
    ],
  },
  function* (run) {
    const direction = checkDirection(run.args);
    const io = yield* mirroredPool(run, { validate: true, nspace: false });
    const typed = optionValue(run.args, 'remote-cluster') ?? run.specs.nextPositional() ?? '';
    if (typed === '') throw new RbdError('remote cluster was not specified', ERRNO.EINVAL);
    const at = typed.lastIndexOf('@');
    const client = at < 0 ? (optionValue(run.args, 'remote-client-name') ?? 'client.admin') : typed.slice(0, at);
    if (!client.startsWith('client.')) throw new RbdError(`invalid remote client name ${client}`, ERRNO.EINVAL);
    const peers = yield* run.silently(listMirrorPeers(io));
    if (peers.some((peer) => peer.direction !== 'tx-only')) {
      throw new RbdError('multiple RX peers are not currently supported', ERRNO.EINVAL);
    }
    const attributes = yield* attributesOf(run);
    const uuid = yield* orWords('error adding mirror peer', addMirrorPeer(io, typed.slice(at + 1), client, direction));
    if (Object.keys(attributes).length > 0) changePeerAttributes(run, io, uuid, attributes);
    yield* run.print(`${uuid}\n`);
  },
);

function* attributesOf(run: RbdRun): Task<PeerAttributes> {
  const host = optionValue(run.args, 'remote-mon-host');
  const file = optionValue(run.args, 'remote-key-file');
  return {
    ...(host === undefined ? {} : { mon_host: host }),
    ...(file === undefined ? {} : { key: yield* readKeyFile(run, file) }),
  };
}
