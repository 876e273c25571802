import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { FEATURE } from '../../../engine/codec/rbd-types.ts';
import { acquireLock } from '../../../engine/librbd/exclusive-lock.ts';
import { FEATURE_NAMES } from '../../../engine/librbd/features.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';

/** What a kernel of today can do with an image. @ceph drivers/block/rbd.c RBD_FEATURES_SUPPORTED of Linux 6.x */
const SUPPORTED =
  FEATURE.LAYERING |
  FEATURE.STRIPINGV2 |
  FEATURE.EXCLUSIVE_LOCK |
  FEATURE.OBJECT_MAP |
  FEATURE.FAST_DIFF |
  FEATURE.DEEP_FLATTEN |
  FEATURE.DATA_POOL |
  FEATURE.OPERATIONS;

/** Names of features that the kernel refuses; an image that others lead can be read. */
function unsupported({ header, readOnly }: ImageCtx): string[] {
  const known = SUPPORTED | (readOnly ? FEATURE.NON_PRIMARY : 0);
  return FEATURE_NAMES.filter(([bit]) => (header.features & bit & ~known) !== 0).map(([, name]) => name);
}

/** An image that the kernel cannot map: ENXIO, with the features that it refuses. */
export class FeatureMismatch extends CephError {
  readonly features: readonly string[];

  constructor(features: readonly string[]) {
    super('ENXIO', 'image uses unsupported features');
    this.features = features;
  }
}

/**
 * What the kernel does with an image before it is a device.
 *
 * @ceph drivers/block/rbd.c rbd_dev_v2_header_info, rbd_add_acquire_lock of Linux — ENXIO for features, EINVAL for an
 *   exclusive mapping without the lock's feature
 */
export function kernelPrepares(exclusive: boolean): (image: ImageCtx) => Task<void> {
  return function* (image) {
    const refused = unsupported(image);
    if (refused.length > 0) throw new FeatureMismatch(refused);
    if (!exclusive) return;
    if (!image.has(FEATURE.EXCLUSIVE_LOCK)) throw new CephError('EINVAL', 'exclusive-lock feature is not enabled');
    if (!image.readOnly) yield* acquireLock(image);
  };
}
