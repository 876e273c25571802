import type { Task } from '../../../base/task.ts';
import { USER_NAMESPACE } from '../../../codec/rbd-types.ts';
import { NOSNAP } from '../../../codec/snap.ts';
import type { IoCtx } from '../../../librados/io-ctx.ts';
import { ImageCtx, type ImageHeader, type ImageSnap } from '../../image-ctx.ts';
import { type ForeignSnap, type ForeignSource, openForeign } from './foreign-source.ts';

/** What stands for a layout, as the real one has it. */
const ORDER = 22;

/**
 * A foreign source at one of its snapshots or its head (NOSNAP), as an image that can only be read: it has no header in any pool.
 *
 * @ceph src/librbd/migration/ImageDispatch.cc — reads go to the source, nothing else does
 */
export function* openForeignImage(io: IoCtx, spec: string, snapId: number): Task<ImageCtx> {
  const source = yield* openForeign(io.rados, spec);
  const image = new ImageCtx(io, '', '', headerOf(io, source), { snapId, readOnly: true, cookie: 0 });
  image.foreign = source;
  return image;
}

function headerOf(io: IoCtx, { size, snaps }: ForeignSource): ImageHeader {
  const ids = snaps.map(({ id }) => id).reverse();
  return {
    oldFormat: false,
    size,
    order: ORDER,
    features: 0,
    opFeatures: 0,
    flags: 0,
    objectPrefix: '',
    dataPoolId: io.poolId,
    stripeUnit: 2 ** ORDER,
    stripeCount: 1,
    snapc: { seq: ids[0] ?? 0, snaps: ids },
    snaps: snaps.map(snapOf),
    parentSpec: null,
    parentOverlap: null,
    group: null,
    created_us: 0,
    accessed_us: 0,
    modified_us: 0,
  };
}

function snapOf({ id, name, size }: ForeignSnap): ImageSnap {
  return {
    id,
    name,
    size,
    namespace: USER_NAMESPACE,
    protection: 'unprotected',
    timestamp_us: 0,
    flags: 0,
    childCount: 0,
    parentOverlap: null,
  };
}

/** True where that image is the source of that spec, at that state. */
export function isForeignAt(image: ImageCtx, spec: string, snapId: number = NOSNAP): boolean {
  return image.foreign?.spec === spec && image.snapId === snapId;
}
