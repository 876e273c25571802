import type { MirrorPeer } from '../../../../engine/codec/rbd-mirror-codec.ts';
import { listMirrorPeers } from '../../../../engine/librbd/mirror/peers.ts';
import { mirrorMode, mirrorUuid } from '../../../../engine/librbd/mirror/pool-mode.ts';
import { arrayNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';

export const mirrorPoolInfo = rbdCommand(
  {
    words: ['mirror', 'pool', 'info'],
    summary: 'Tell how a pool is mirrored.',
    positionals: [POOL_SPEC],
    options: [...IN_POOL, ...FORMATS, { long: 'all', summary: 'What clients need to reach the peers, too' }],
  },
  function* (run) {
    const format = formatOf(run.args);
    const io = yield* run.openPoolSpec({ validate: true });
    const mode = yield* run.silently(mirrorMode(io));
    const site = io.rados.osdMap.fsid;
    const uuid = yield* run.silently(mirrorUuid(io));
    const peers = mode === 'disabled' ? [] : yield* run.silently(listMirrorPeers(io));
    if (format !== null) {
      const facts = { site_name: site, mirror_uuid: uuid, remote_namespace: io.nspace };
      const rest = mode === 'disabled' ? [] : [...entries(facts), arrayNode('peers', peers.map(peerNode))];
      yield* run.print(formattedText(objectNode('mirror', [valueNode('mode', mode), ...rest]), format));
      return;
    }
    yield* run.print(`Mode: ${mode}\n`);
    if (mode === 'disabled') return;
    yield* run.print(`Site Name: ${site}\nMirror UUID: ${uuid}\nRemote Namespace: ${io.nspace}\n\n`);
    yield* run.print(
      peers.length === 0
        ? 'Peer Sites: none\n'
        : `Peer Sites: \n${peers.map((peer) => peerText(peer, run.has('all'))).join('')}`,
    );
  },
);

function entries(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => valueNode(name, value));
}

function peerNode({ uuid, direction, siteName, mirrorUuid: peerUuid, clientName }: MirrorPeer) {
  return nodeOf('peer', { uuid, direction, site_name: siteName, mirror_uuid: peerUuid, client_name: clientName });
}

/** What only the monitor's keys of a peer would say is empty here. */
function peerText({ uuid, direction, siteName, mirrorUuid: peerUuid, clientName }: MirrorPeer, all: boolean): string {
  const secrets = all ? 'Mon Host: \nKey: \n' : '';
  return `\nUUID: ${uuid}\nName: ${siteName}\nMirror UUID: ${peerUuid}\nDirection: ${direction}\nClient: ${clientName}\n${secrets}`;
}
