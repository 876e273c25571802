import { CephError } from '../../base/errno.ts';
import { decodeMirrorPeer, encodeMirrorPeer, MIRROR_MODES, type MirrorPeer } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorPeers as methods } from '../../codec/rbd-mirror-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { decodeValue, listByPrefix, readKey, removeKey, requireKey, writeKey } from '../omap-values.ts';

const PREFIX = 'mirror_peer_';

/** @ceph src/cls/rbd/cls_rbd.cc mirror_peer_* — exact for peers that are named by hand */
export const MIRROR_PEER_HANDLERS: readonly ClsHandler[] = [
  implement(methods.list, readPeers),

  implement(methods.add, (object, peer) => {
    if ((readKey(object, 'mirror_mode', (d) => MIRROR_MODES[d.u32()]) ?? 'disabled') === 'disabled') {
      throw new CephError('EINVAL', 'mirroring must be enabled on the pool');
    }
    if (peer.uuid === '' || peer.siteName === '') throw new CephError('EINVAL', 'mirror peer is not valid');
    for (const other of readPeers(object)) {
      if (other.uuid === peer.uuid) throw new CephError('ESTALE', `peer uuid ${peer.uuid}`);
      if (other.siteName === peer.siteName) throw new CephError('EEXIST', `peer site ${peer.siteName}`);
    }
    writeKey(object, PREFIX + peer.uuid, encodeMirrorPeer(peer));
  }),

  implement(methods.remove, (object, { uuid }) => removeKey(object, PREFIX + uuid)),
  implement(methods.setClient, (object, { uuid, clientName }) => change(object, uuid, { clientName })),

  implement(methods.setSite, (object, { uuid, siteName }) => {
    if (readPeers(object).some((peer) => peer.uuid !== uuid && peer.siteName === siteName)) {
      throw new CephError('EEXIST', `peer site ${siteName}`);
    }
    change(object, uuid, { siteName });
  }),

  implement(methods.setDirection, (object, { uuid, direction }) => change(object, uuid, { direction })),
];

function change(object: ObjectContext, uuid: string, part: Partial<MirrorPeer>): void {
  const peer = requireKey(object, PREFIX + uuid, decodeMirrorPeer);
  writeKey(object, PREFIX + uuid, encodeMirrorPeer({ ...peer, ...part }));
}

export function readPeers(object: ObjectContext): MirrorPeer[] {
  return listByPrefix(object, PREFIX).map(([uuid, value]) => decodeValue(PREFIX + uuid, value, decodeMirrorPeer));
}
