import type { ImageSnap } from '../../../engine/librbd/image-ctx.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../format/tree.ts';

interface Mirrored {
  readonly name: string;
  readonly globalId: string;
}

/** What is known of an image's mirroring while no daemon reports of it. */
export function mirrorStatusText({ name, globalId }: Mirrored): string {
  const state = '  state:       down+unknown\n  description: status not found\n  last_update: \n';
  return `${name}:\n  global_id:   ${globalId}\n${state}`;
}

export function mirrorStatusNode({ name, globalId }: Mirrored, more: readonly FormatNode[] = []): FormatNode {
  const unknown = { state: 'down+unknown', description: 'status not found', last_update: '' };
  const known = Object.entries({ name, global_id: globalId, ...unknown });
  return objectNode('image', [...known.map(([key, value]) => valueNode(key, value)), ...more]);
}

/** The mirror snapshots of an image that leads. @ceph src/tools/rbd/action/MirrorImage.cc execute_status — exact */
export function mirrorSnapsText(snaps: readonly ImageSnap[]): string {
  if (snaps.length === 0) return '';
  const lines = snaps.map((snap) => {
    const { demoted, peers } = mirrorFacts(snap);
    return `    ${snap.id} ${snap.name} (${demoted ? 'demoted ' : ''}peer_uuids:[${peers.join(',')}])`;
  });
  return `  snapshots:\n${lines.join('\n')}\n`;
}

export function mirrorSnapsNode(snaps: readonly ImageSnap[]): readonly FormatNode[] {
  if (snaps.length === 0) return [];
  const nodes = snaps.map((snap) => {
    const { demoted, peers } = mirrorFacts(snap);
    const uuids = nodeOf('mirror_peer_uuids', peers, 'peer_uuid');
    const facts = [valueNode('id', snap.id), valueNode('name', snap.name), valueNode('demoted', demoted)];
    return objectNode('snapshot', [...facts, uuids]);
  });
  return [arrayNode('snapshots', nodes)];
}

function mirrorFacts({ namespace }: ImageSnap): { readonly demoted: boolean; readonly peers: readonly string[] } {
  if (namespace.type !== 'mirror') return { demoted: false, peers: [] };
  return { demoted: namespace.state === 'primary-demoted', peers: namespace.peerUuids };
}
