import type { Task } from '../../base/task.ts';
import type { MirrorSnapshotNamespace } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { logged, logging } from '../../librados/error-log.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { createSnap } from '../operation/snap-create.ts';
import { writeMirrorState } from './image-state.ts';
import { listMirrorPeers } from './peers.ts';
import { unlinkOldSnaps } from './unlink-old-snaps.ts';

const CREATE_PRIMARY = '*librbd::mirror::snapshot::CreatePrimaryRequest';

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
  if (peers.length === 0 && !alone) {
    const text = 'handle_get_mirror_peers: no mirror tx peers configured for the pool';
    throw logged(image.io.rados, 'EINVAL', CREATE_PRIMARY, text);
  }
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
  const words = 'handle_create_snapshot: failed to create mirror snapshot';
  const made = createSnap(image, name, undefined, namespace);
  const id = yield* logging(image.io.rados, CREATE_PRIMARY, words, made);
  yield* writeMirrorState(image, id);
  yield* unlinkOldSnaps(image, namespace.peerUuids);
  return id;
}
