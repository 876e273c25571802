import { ERRNO } from '../../../../engine/base/errno.ts';
import type { MirrorPeer } from '../../../../engine/codec/rbd-mirror-codec.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { listMirrorPeers } from '../../../../engine/librbd/mirror/peers.ts';
import { mirrorMode, mirrorUuid, remoteNamespace } from '../../../../engine/librbd/mirror/pool-mode.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { type PeerAttributes, peerAttributes, siteName } from '../mirror-site.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

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
    const uuid = yield* run.silently(mirrorUuid(io));
    // Of a namespace in a pool that never was mirrored.
    if (mode !== 'disabled' && uuid === '') throw new RbdError('', ERRNO.ENOENT);
    const facts: PoolFacts = {
      mode,
      ...(io.nspace === '' ? { site_name: siteName(run) } : {}),
      mirror_uuid: uuid,
      remote_namespace: yield* run.silently(remoteNamespace(io)),
    };
    const peers = io.nspace === '' ? yield* run.silently(listMirrorPeers(io)) : null;
    const known = peers?.map((peer) => ({ peer, attributes: attributesOf(run, io, peer) })) ?? null;
    if (format !== null) yield* run.print(formattedText(infoNode(facts, known), format));
    else yield* run.print(infoText(facts, known));
  },
);

interface PoolFacts {
  readonly mode: string;
  /** None of a namespace. */
  readonly site_name?: string;
  readonly mirror_uuid: string;
  readonly remote_namespace: string;
}

interface KnownPeer {
  readonly peer: MirrorPeer;
  /** Where they are asked for. */
  readonly attributes: PeerAttributes | null;
}

function attributesOf(run: RbdRun, io: IoCtx, { uuid }: MirrorPeer): PeerAttributes | null {
  return run.has('all') ? (peerAttributes(run, io, uuid) ?? {}) : null;
}

/** @ceph src/tools/rbd/action/MirrorPool.cc execute_info, format_mirror_peers — exact */
function infoNode({ mode, ...facts }: PoolFacts, peers: readonly KnownPeer[] | null): FormatNode {
  if (mode === 'disabled') return objectNode('mirror', [valueNode('mode', mode)]);
  const values = Object.entries({ mode, ...facts }).map(([name, value]) => valueNode(name, value));
  return objectNode('mirror', peers === null ? values : [...values, arrayNode('peers', peers.map(peerNode))]);
}

function peerNode({ peer, attributes }: KnownPeer): FormatNode {
  const { uuid, direction, siteName: name, mirrorUuid: peerUuid, clientName } = peer;
  const known = { uuid, direction, site_name: name, mirror_uuid: peerUuid, client_name: clientName };
  return nodeOf('peer', { ...known, ...attributes });
}

function infoText(
  { mode, site_name, mirror_uuid, remote_namespace }: PoolFacts,
  peers: readonly KnownPeer[] | null,
): string {
  if (mode === 'disabled') return `Mode: ${mode}\n`;
  const site = site_name === undefined ? '' : `Site Name: ${site_name}\n`;
  const head = `Mode: ${mode}\n${site}Mirror UUID: ${mirror_uuid}\nRemote Namespace: ${remote_namespace}\n\n`;
  if (peers === null) return head;
  return `${head}Peer Sites: ${peers.length === 0 ? 'none\n' : `\n${peers.map(peerText).join('')}`}`;
}

function peerText({ peer, attributes }: KnownPeer): string {
  const { uuid, direction, siteName: name, mirrorUuid: peerUuid, clientName } = peer;
  const called = direction === 'rx-only' ? '' : `Mirror UUID: ${peerUuid}\n`;
  const secrets = attributes === null ? '' : `Mon Host: ${attributes.mon_host ?? ''}\nKey: ${attributes.key ?? ''}\n`;
  return `\nUUID: ${uuid}\nName: ${name}\n${called}Direction: ${direction}\nClient: ${clientName}\n${secrets}`;
}
