import type { MirrorSnapshotNamespace } from '../../../engine/codec/rbd-types.ts';
import type { PlainObject } from '../format/tree.ts';

/** What `rbd snap ls --all` says of a snapshot that mirroring made. @ceph src/tools/rbd/action/Snap.cc do_list_snaps — exact */
export function mirrorNamespaceText(namespace: MirrorSnapshotNamespace): string {
  const { peerUuids, primaryMirrorUuid, primarySnapId, complete } = namespace;
  const peers = `${stateText(namespace)} peer_uuids:[${peerUuids.join(',')}]`;
  if (primaryMirrorUuid === '') return `mirror (${peers})`;
  return `mirror (${peers} ${primaryMirrorUuid}:${primarySnapId}${complete ? ' copied' : ''})`;
}

export function mirrorNamespacePlain(namespace: MirrorSnapshotNamespace): PlainObject {
  const { peerUuids, complete } = namespace;
  return { type: 'mirror', state: stateText(namespace), mirror_peer_uuids: [...peerUuids], complete };
}

function stateText({ state }: MirrorSnapshotNamespace): string {
  return state.endsWith('demoted') ? 'demoted' : state;
}
