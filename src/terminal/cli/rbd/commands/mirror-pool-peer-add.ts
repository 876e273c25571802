import { ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { addMirrorPeer, listMirrorPeers } from '../../../../engine/librbd/mirror/peers.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { checkDirection, DIRECTION, POOL_NAME, refuseUnmirrored } from '../mirror-options.ts';
import { changePeerAttributes, type PeerAttributes, readKeyFile } from '../mirror-site.ts';
import { POOL } from '../options.ts';
import { orSay, RbdError } from '../rbd-error.ts';

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
    const pool = run.specs.pool({ validate: true, nspace: false });
    const { client, cluster, attributes } = yield* remoteCluster(run);
    const io = yield* run.open(pool);
    yield* refuseUnmirrored(io);
    const peers = yield* run.silently(listMirrorPeers(io));
    if (peers.some((peer) => peer.direction !== 'tx-only')) {
      throw new RbdError('multiple RX peers are not currently supported', ERRNO.EINVAL);
    }
    const exists = { [ERRNO.EEXIST]: 'mirror peer already exists' };
    const uuid = yield* orSay('error adding mirror peer', exists, addMirrorPeer(io, cluster, client, direction));
    if (Object.keys(attributes).length > 0) changePeerAttributes(run, io, uuid, attributes);
    yield* run.print(`${uuid}\n`);
  },
);

interface RemoteCluster {
  readonly client: string;
  readonly cluster: string;
  readonly attributes: PeerAttributes;
}

/** What the options say; a spec goes before them. @ceph src/tools/rbd/action/MirrorPool.cc get_remote_cluster_spec — exact */
function* remoteCluster(run: RbdRun): Task<RemoteCluster> {
  const attributes = yield* attributesOf(run);
  const [named, client] = [optionValue(run.args, 'remote-cluster'), optionValue(run.args, 'remote-client-name')];
  const spec = run.specs.nextPositional() ?? '';
  const match = /^(?:(client\.[^@]+)@)?([^/@]+)$/.exec(spec);
  if (spec !== '' && match === null) throw new RbdError(`invalid spec '${spec}'`, ERRNO.EINVAL);
  const cluster = match?.[2] ?? named ?? '';
  if (cluster === '') throw new RbdError('remote cluster was not specified', ERRNO.EINVAL);
  return { client: match?.[1] ?? client ?? 'client.admin', cluster, attributes };
}

function* attributesOf(run: RbdRun): Task<PeerAttributes> {
  const host = optionValue(run.args, 'remote-mon-host');
  const file = optionValue(run.args, 'remote-key-file');
  return {
    ...(host === undefined ? {} : { mon_host: host }),
    ...(file === undefined ? {} : { key: yield* readKeyFile(run, file) }),
  };
}
