import type { Task } from '../base/task.ts';
import { clsRbdImageGroup } from '../codec/cls-rbd-group-methods.ts';
import { clsRbdHeader, clsRbdParent, clsRbdSnapshot } from '../codec/cls-rbd-methods.ts';
import { FEATURE, OP_FEATURE } from '../codec/rbd-types.ts';
import { NOSNAP } from '../codec/snap.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import type { ImageHeader, ImageSnap } from './image-ctx.ts';
import { readMigration } from './migration/migration-info.ts';
import { headerName } from './object-names.ts';

/**
 * Reads an image's header and its snapshots. ENOENT where there is no header.
 *
 * @ceph src/librbd/image/RefreshRequest.cc — the same reads; OpenRequest's immutable ones are read along
 */
export function* readHeader(io: IoCtx, imageId: string): Task<ImageHeader> {
  const oid = headerName(imageId);
  const { size, order } = yield* io.exec(oid, clsRbdHeader.getSize, { snapId: NOSNAP });
  const { features } = yield* io.exec(oid, clsRbdHeader.getFeatures, { readOnly: false });
  const opFeatures =
    (features & FEATURE.OPERATIONS) === 0 ? 0 : yield* io.exec(oid, clsRbdHeader.opFeaturesGet, undefined);
  const snapc = yield* io.exec(oid, clsRbdHeader.getSnapContext, undefined);
  const parentSpec = yield* io.exec(oid, clsRbdParent.get, undefined);
  const snaps: ImageSnap[] = [];
  for (const id of [...snapc.snaps].reverse()) snaps.push(yield* readSnap(io, oid, id, parentSpec !== null));
  return {
    oldFormat: false,
    size,
    order,
    features,
    opFeatures,
    flags: yield* io.exec(oid, clsRbdHeader.getFlags, { snapId: NOSNAP }),
    objectPrefix: yield* io.exec(oid, clsRbdHeader.getObjectPrefix, undefined),
    dataPoolId: yield* dataPoolOf(io, oid, features),
    ...(yield* striping(io, oid, features, order)),
    snapc,
    snaps,
    parentSpec,
    parentOverlap: parentSpec === null ? null : yield* io.exec(oid, clsRbdParent.overlapGet, { snapId: NOSNAP }),
    group: (opFeatures & OP_FEATURE.GROUP) === 0 ? null : yield* io.exec(oid, clsRbdImageGroup.get, undefined),
    ...(yield* readMigration(io, oid, features, { size, snapc, snaps })),
    created_us: yield* io.exec(oid, clsRbdHeader.getCreateTimestamp, undefined),
    accessed_us: yield* io.exec(oid, clsRbdHeader.getAccessTimestamp, undefined),
    modified_us: yield* io.exec(oid, clsRbdHeader.getModifyTimestamp, undefined),
  };
}

function* readSnap(io: IoCtx, oid: string, snapId: number, hasParent: boolean): Task<ImageSnap> {
  const info = yield* io.exec(oid, clsRbdSnapshot.get, { snapId });
  return {
    id: info.id,
    name: info.name,
    namespace: info.namespace,
    size: info.imageSize,
    timestamp_us: info.timestamp_us,
    childCount: info.childCount,
    protection: yield* io.exec(oid, clsRbdSnapshot.getProtectionStatus, { snapId }),
    flags: yield* io.exec(oid, clsRbdHeader.getFlags, { snapId }),
    parentOverlap: hasParent ? yield* io.exec(oid, clsRbdParent.overlapGet, { snapId }) : null,
  };
}

function* dataPoolOf(io: IoCtx, oid: string, features: number): Task<number> {
  if ((features & FEATURE.DATA_POOL) === 0) return io.poolId;
  return yield* io.exec(oid, clsRbdHeader.getDataPool, undefined);
}

function* striping(
  io: IoCtx,
  oid: string,
  features: number,
  order: number,
): Task<{ stripeUnit: number; stripeCount: number }> {
  if ((features & FEATURE.STRIPINGV2) === 0) return { stripeUnit: 2 ** order, stripeCount: 1 };
  return yield* io.exec(oid, clsRbdHeader.getStripeUnitCount, undefined);
}
