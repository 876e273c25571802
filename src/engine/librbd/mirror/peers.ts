import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorPeer, MirrorPeerDirection } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorPeers } from '../../codec/rbd-mirror-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_MIRRORING } from '../object-names.ts';

/** What clusters are called that nobody gave a name. */
const THIS_CLUSTER = 'ceph';

/** The clusters that a pool is mirrored with, in all of its namespaces. */
export function* listMirrorPeers(io: IoCtx): Task<readonly MirrorPeer[]> {
  try {
    return yield* io.inNamespace('').exec(RBD_MIRRORING, clsRbdMirrorPeers.list, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

/**
 * Names a cluster to mirror with, and answers its uuid. EINVAL while the pool is not mirrored, and for this cluster's
 * own name; EEXIST for a site that is there already.
 *
 * @ceph src/librbd/api/Mirror.cc peer_site_add — exact; nothing is sent to that cluster
 */
export function* addMirrorPeer(
  io: IoCtx,
  siteName: string,
  clientName: string,
  direction: MirrorPeerDirection,
): Task<string> {
  if (siteName === THIS_CLUSTER) throw new CephError('EINVAL', 'cannot add self as remote peer');
  const uuid = io.rados.port.newUuid();
  const peer = { uuid, direction, siteName, clientName, mirrorUuid: '', lastSeen_us: 0 };
  yield* io.exec(RBD_MIRRORING, clsRbdMirrorPeers.add, peer);
  return uuid;
}

export function* removeMirrorPeer(io: IoCtx, uuid: string): Task<void> {
  try {
    yield* io.exec(RBD_MIRRORING, clsRbdMirrorPeers.remove, { uuid });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** Changes what is known of a peer. ENOENT; EEXIST for a site that is there already. */
export function* changeMirrorPeer(
  io: IoCtx,
  uuid: string,
  change: Partial<Pick<MirrorPeer, 'clientName' | 'siteName' | 'direction'>>,
): Task<void> {
  const { clientName, siteName, direction } = change;
  if (siteName === '') throw new CephError('EINVAL', 'empty site name');
  if (clientName !== undefined) yield* io.exec(RBD_MIRRORING, clsRbdMirrorPeers.setClient, { uuid, clientName });
  if (siteName !== undefined) yield* io.exec(RBD_MIRRORING, clsRbdMirrorPeers.setSite, { uuid, siteName });
  if (direction !== undefined) yield* io.exec(RBD_MIRRORING, clsRbdMirrorPeers.setDirection, { uuid, direction });
}
