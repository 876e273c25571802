import { bytesData, bytesOfData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { Decoder } from '../../codec/denc.ts';
import { decodeMirrorStateCount, encodeMirrorImageState } from '../../codec/rbd-mirror-state-codec.ts';
import { FEATURES_IMPLICIT } from '../features.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { mirrorStateName } from '../object-names.ts';
import { listMetadataOf } from '../operation/metadata.ts';
import { getSnapLimit } from '../operation/snap-limit.ts';

/** Keys of what librbd keeps for itself. */
const INTERNAL = '.rbd';

/**
 * Notes down what the image is like now, in objects of its snapshot of that id, for the peers that copy it.
 *
 * @ceph src/librbd/mirror/snapshot/SetImageStateRequest.cc, WriteImageStateRequest.cc — exact
 */
export function* writeMirrorState(image: ImageCtx, snapId: number): Task<void> {
  const { features, snaps } = image.header;
  const metadata = (yield* listMetadataOf(image.io, image.headerOid)).filter(([key]) => !key.startsWith(INTERNAL));
  const state = {
    name: image.name,
    features: features & ~FEATURES_IMPLICIT,
    snapLimit: yield* getSnapLimit(image),
    snaps: snaps.filter(({ namespace }) => namespace.type === 'user'),
    metadata,
  };
  const objects = encodeMirrorImageState(state, 2 ** Number(image.io.rados.config('rbd_default_order')));
  for (const [index, bytes] of [...objects.entries()].reverse()) {
    yield* image.io.writeFull(mirrorStateName(image.id, snapId, index), bytesData(bytes));
  }
}

/** Removes those objects, the first one last. @ceph src/librbd/mirror/snapshot/RemoveImageStateRequest.cc — exact */
export function* removeMirrorState(image: ImageCtx, snapId: number): Task<void> {
  try {
    const first = bytesOfData(yield* image.io.read(mirrorStateName(image.id, snapId, 0)));
    const count = decodeMirrorStateCount(new Decoder(first));
    for (let index = count - 1; index >= 0; index--) yield* image.io.remove(mirrorStateName(image.id, snapId, index));
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
