import { bytesOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdOld } from '../../codec/cls-rbd-old-methods.ts';
import { decodeHeaderV1, HEADER_V1_BYTES, type HeaderV1Snap, oldHeaderKind } from '../../codec/rbd-header-v1-codec.ts';
import { USER_NAMESPACE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageHeader, ImageSnap } from '../image-ctx.ts';
import { readHeader } from '../read-header.ts';
import { oldHeaderName } from './names.ts';

/**
 * Reads the header of an image of format 1. ENOENT where there is none, EIO where it is cut off, ENXIO where the
 * object is something else.
 *
 * @param known what the same handle has read before: when it was last used is not in the header
 * @ceph src/librbd/image/RefreshRequest.cc send_v1_read_header, send_v1_get_snapshots — exact
 */
export function* readOldHeader(io: IoCtx, imageName: string, known?: ImageHeader): Task<ImageHeader> {
  const oid = oldHeaderName(imageName);
  const bytes = bytesOfData(yield* io.read(oid));
  if (bytes.length < HEADER_V1_BYTES) throw new CephError('EIO', `header of ${imageName} is cut off`);
  const kind = oldHeaderKind(bytes);
  if (kind === null) throw new CephError('ENXIO', 'unrecognized header format');
  const { order, imageSize, blockName } = decodeHeaderV1(bytes);
  const { snapSeq, snaps } = yield* io.exec(oid, clsRbdOld.list, undefined);
  return {
    ...NEVER_OF_FORMAT_1,
    oldFormat: true,
    size: imageSize,
    order,
    objectPrefix: blockName,
    dataPoolId: io.poolId,
    stripeUnit: 2 ** order,
    stripeCount: 1,
    snapc: { seq: snapSeq, snaps: snaps.map(({ id }) => id) },
    snaps: snaps.map(snapOf).reverse(),
    ...(kind === 'migrating' ? { migrationSource: true } : {}),
    accessed_us: known?.accessed_us ?? 0,
    modified_us: known?.modified_us ?? 0,
  };
}

/** The header of an image of either format; one of format 1 has no id. ENOENT. */
export function* readHeaderOf(io: IoCtx, id: string, name: string, known?: ImageHeader): Task<ImageHeader> {
  return id === '' ? yield* readOldHeader(io, name, known) : yield* readHeader(io, id);
}

/** What images of format 1 do without. */
const NEVER_OF_FORMAT_1 = {
  features: 0,
  opFeatures: 0,
  flags: 0,
  parentSpec: null,
  parentOverlap: null,
  group: null,
  created_us: 0,
} as const;

function snapOf({ id, imageSize, name }: HeaderV1Snap): ImageSnap {
  return {
    id,
    name,
    namespace: USER_NAMESPACE,
    size: imageSize,
    protection: 'unprotected',
    timestamp_us: 0,
    flags: 0,
    childCount: 0,
    parentOverlap: null,
  };
}
