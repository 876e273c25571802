import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import type { MirrorSnapshotNamespace } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { removeSnapById } from '../operation/snap-remove.ts';
import { headerChanged } from '../refresh.ts';

/** So many snapshots at most wait for a peer: `rbd_mirroring_max_mirroring_snapshots`. */
const MOST_SNAPSHOTS = 5;

interface MirrorSnap {
  readonly id: number;
  readonly namespace: MirrorSnapshotNamespace;
}

/**
 * Takes back mirror snapshots that no peer needs: those that name none, and, where too many wait for a peer, the one
 * before the newest of them.
 *
 * @ceph src/librbd/mirror/snapshot/CreatePrimaryRequest.cc unlink_peer, UnlinkPeerRequest.cc — exact
 */
export function* unlinkOldSnaps(image: ImageCtx, peers: readonly string[]): Task<void> {
  for (const peer of peers) {
    for (let old = oldSnap(image, peer); old !== undefined; old = oldSnap(image, peer)) {
      if (old.namespace.peerUuids.some((uuid) => uuid !== peer)) {
        yield* image.io.exec(image.headerOid, clsRbdSnapshot.unlinkPeer, { snapId: old.id, peer });
        yield* headerChanged(image);
      } else yield* removeSnapById(image, old.id);
    }
  }
}

/** The newest one stays in any case. */
function oldSnap(image: ImageCtx, peer: string): MirrorSnap | undefined {
  const snaps = mirrorSnaps(image);
  const older = snaps.slice(0, -1);
  return older.find(({ namespace }) => namespace.peerUuids.length === 0) ?? surplusSnap(snaps, peer);
}

function mirrorSnaps({ header }: ImageCtx): MirrorSnap[] {
  return header.snaps.flatMap(({ id, namespace }) => (namespace.type === 'mirror' ? [{ id, namespace }] : []));
}

/** Those count that were made since the image leads. */
function surplusSnap(snaps: readonly MirrorSnap[], peer: string): MirrorSnap | undefined {
  const since = snaps.findLastIndex(({ namespace }) => namespace.state !== 'primary') + 1;
  const waiting = snaps.slice(since).filter(({ namespace }) => namespace.peerUuids.includes(peer));
  return waiting.length > MOST_SNAPSHOTS ? waiting[MOST_SNAPSHOTS - 1] : undefined;
}
