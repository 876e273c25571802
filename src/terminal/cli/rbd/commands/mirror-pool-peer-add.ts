import { ERRNO } from '../../../../engine/base/errno.ts';
import { PEER_DIRECTIONS } from '../../../../engine/codec/rbd-mirror-codec.ts';
import { addMirrorPeer, listMirrorPeers } from '../../../../engine/librbd/mirror/peers.ts';
import { EXIT_NOT_YET, hasOption, optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { mirroredPool, orWords } from '../mirror-options.ts';
import { POOL } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

export const mirrorPoolPeerAdd = rbdCommand(
  {
    words: ['mirror', 'pool', 'peer', 'add'],
    summary: 'Name a cluster to mirror with.',
    description: 'It is noted down; mirroring itself takes a second cluster and a daemon between the two.',
    positionals: [
      { name: 'pool-name', type: 'pool', summary: 'The pool', optional: true },
      { name: 'remote-cluster-spec', type: 'string', summary: '[client@]cluster', optional: true },
    ],
    options: [
      POOL,
      { long: 'remote-client-name', type: 'string', summary: 'Who this cluster is there' },
      { long: 'remote-cluster', type: 'string', summary: 'Name of that cluster' },
      { long: 'remote-mon-host', type: 'string', summary: 'Where the monitors of that cluster are' },
      { long: 'remote-key-file', type: 'string', summary: 'A file with the key for that cluster' },
      { long: 'direction', type: 'enum:rx-only|rx-tx', summary: 'Which way (rx-tx)' },
    ],
  },
  function* (run) {
    for (const name of ['remote-mon-host', 'remote-key-file'])
      if (hasOption(run.args, name))
        throw new RbdError(`option '--${name}' is not there yet in Radoscope`, EXIT_NOT_YET);
    const io = yield* mirroredPool(run, { validate: true, nspace: false });
    const typed = optionValue(run.args, 'remote-cluster') ?? run.specs.nextPositional() ?? '';
    if (typed === '') throw new RbdError('remote cluster was not specified', ERRNO.EINVAL);
    const at = typed.lastIndexOf('@');
    const client = at < 0 ? (optionValue(run.args, 'remote-client-name') ?? 'client.admin') : typed.slice(0, at);
    if (!client.startsWith('client.')) throw new RbdError(`invalid remote client name ${client}`, ERRNO.EINVAL);
    const wanted = optionValue(run.args, 'direction') ?? 'rx-tx';
    const direction = PEER_DIRECTIONS.find((each) => each === wanted && each !== 'tx-only');
    if (direction === undefined) throw new RbdError("invalid direction '".concat(wanted, "'"), ERRNO.EINVAL);
    const peers = yield* run.silently(listMirrorPeers(io));
    if (peers.some((peer) => peer.direction !== 'tx-only')) {
      throw new RbdError('multiple RX peers are not currently supported', ERRNO.EINVAL);
    }
    const uuid = yield* orWords('error adding mirror peer', addMirrorPeer(io, typed.slice(at + 1), client, direction));
    yield* run.print(`${uuid}\n`);
  },
);
