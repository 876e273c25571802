import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorSnapshotNamespace } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { createSnap } from '../operation/snap-create.ts';
import { writeMirrorState } from './image-state.ts';
import { listMirrorPeers } from './peers.ts';
import { unlinkOldSnaps } from './unlink-old-snaps.ts';

/**
 * Makes a snapshot for the pool's peers to copy, and answers its id. EINVAL where there is none to send it to, unless
 * `alone`.
 *
 * @ceph src/librbd/mirror/snapshot/CreatePrimaryRequest.cc — exact
 */
export function* createPrimarySnap(
  image: ImageCtx,
  globalId: string,
  { alone, demoted = false }: { readonly alone: boolean; readonly demoted?: boolean },
): Task<number> {
  const peers = (yield* listMirrorPeers(image.io)).filter(({ direction }) => direction !== 'rx-only');
  if (peers.length === 0 && !alone) throw new CephError('EINVAL', 'no mirror tx peers configured for the pool');
  const namespace: MirrorSnapshotNamespace = {
    type: 'mirror',
    state: demoted ? 'primary-demoted' : 'primary',
    complete: true,
    peerUuids: peers.map(({ uuid }) => uuid),
    primaryMirrorUuid: '',
    primarySnapId: NOSNAP,
    lastCopiedObject: 0,
    snapSeqs: [],
  };
  const name = `.mirror.primary.${globalId}.${image.io.rados.port.newUuid()}`;
  const id = yield* createSnap(image, name, undefined, namespace);
  yield* writeMirrorState(image, id);
  yield* unlinkOldSnaps(image, namespace.peerUuids);
  return id;
}
