import { CephError } from '../../base/errno.ts';
import type { MirrorImageMode } from '../../codec/rbd-migration-codec.ts';
import { FEATURE, FEATURES_ALL } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { Rados } from '../../librados/rados.ts';
import { FEATURES_DEFAULT } from '../features.ts';
import { objectCount } from '../io/striper.ts';
import type { JournalOptions } from '../journal/create-journal.ts';

export interface CreateOptions {
  /** log2 of the object size; 22 unless given. */
  readonly order?: number;
  /** Feature bits; 61 unless given. */
  readonly features?: number;
  /** Bits set and cleared after that (`--image-shared` clears exclusive-lock and what needs it). */
  readonly featuresSet?: number;
  readonly featuresClear?: number;
  /** Bytes. Both or neither. */
  readonly stripeUnit?: number;
  readonly stripeCount?: number;
  /** Name of the pool for the data objects. */
  readonly dataPool?: string;
  /** The image's id; a new one unless given. */
  readonly id?: string;
  /** Of its journal, where it has one. */
  readonly journal?: JournalOptions;
  /** Mirrors it from the beginning. */
  readonly mirrorMode?: MirrorImageMode;
}

/** What an image will be, checked. */
export interface CreatePlan {
  readonly order: number;
  readonly features: number;
  readonly stripeUnit: number;
  readonly stripeCount: number;
  /** -1 where data lies beside the header. */
  readonly dataPoolId: number;
  readonly id?: string;
  readonly journal?: JournalOptions;
}

const CREATE = 'librbd::image::CreateRequest';
export const DEFAULT_ORDER = 22;
/** An object map cannot hold more. */
const MAX_MAP_OBJECTS = 256_000_000;

/**
 * Fills in what an image gets, and refuses what does not go together.
 *
 * @ceph src/librbd/image/CreateRequest.cc validate_features, validate_order, validate_striping, validate_layout — exact
 */
export function planCreate(io: IoCtx, size: number, options: CreateOptions): CreatePlan {
  const { stripeUnit = 0, stripeCount = 0, order = DEFAULT_ORDER } = options;
  const dataPool = options.dataPool === io.pool.name ? '' : (options.dataPool ?? '');
  const standard = io.rados.port.era.defaultFeatures ?? FEATURES_DEFAULT;
  const features = featuresOf({ features: standard, ...options }, order, dataPool !== '');
  checkFeatures(io.rados, features);
  if (order < 12 || order > 25)
    throw logged(io.rados, 'EDOM', CREATE, 'validate_order: order must be in the range [12, 25]');
  checkStriping(io.rados, order, stripeUnit, stripeCount);
  const striping = stripeUnit === 0 ? { stripeUnit: 2 ** order, stripeCount: 1 } : { stripeUnit, stripeCount };
  if (!fitsMap(size, features, { objectSize: 2 ** order, ...striping }))
    throw logged(io.rados, 'EINVAL', CREATE, 'validate_layout: image size not compatible with object map');
  checkSize(size);
  const dataPoolId = dataPool === '' ? -1 : dataPoolOf(io.rados, dataPool);
  const { id, journal } = options;
  return {
    order,
    features,
    ...striping,
    dataPoolId,
    ...(id === undefined ? {} : { id }),
    ...(journal === undefined ? {} : { journal }),
  };
}

function featuresOf(options: CreateOptions, order: number, dataPool: boolean): number {
  const {
    features: wanted = 0,
    featuresSet: set = 0,
    featuresClear: clear = 0,
    stripeUnit = 0,
    stripeCount = 0,
  } = options;
  const both = set & clear;
  let features = (wanted | (set & ~both)) & ~(clear & ~both);
  const put = (bit: number, on: boolean): void => {
    features = on ? features | bit : features & ~bit;
  };
  put(FEATURE.FAST_DIFF, (features & FEATURE.OBJECT_MAP) !== 0);
  put(FEATURE.DATA_POOL, dataPool);
  const plainUnit = stripeUnit === 0 || stripeUnit === 2 ** order;
  put(FEATURE.STRIPINGV2, !plainUnit || stripeCount > 1);
  return features;
}

function dataPoolOf(rados: Rados, name: string): number {
  const pool = rados.findPool(name);
  if (pool !== undefined) return pool.id;
  throw logged(rados, 'ENOENT', `*${CREATE}`, `validate_data_pool: data pool ${name} does not exist`);
}

function checkFeatures(rados: Rados, features: number): void {
  const has = (bit: number): boolean => (features & bit) !== 0;
  if ((features & ~FEATURES_ALL) !== 0)
    throw logged(rados, 'ENOSYS', CREATE, 'validate_features: librbd does not support requested features.');
  if (has(FEATURE.OPERATIONS))
    throw logged(rados, 'EINVAL', CREATE, 'validate_features: cannot use internally controlled features');
  if (has(FEATURE.OBJECT_MAP) && !has(FEATURE.EXCLUSIVE_LOCK)) {
    throw logged(rados, 'EINVAL', CREATE, 'validate_features: cannot use object map without exclusive lock');
  }
  if (has(FEATURE.JOURNALING) && !has(FEATURE.EXCLUSIVE_LOCK)) {
    throw logged(rados, 'EINVAL', CREATE, 'validate_features: cannot use journaling without exclusive lock');
  }
}

function checkStriping(rados: Rados, order: number, stripeUnit: number, stripeCount: number): void {
  if ((stripeUnit === 0) !== (stripeCount === 0)) {
    const text = 'validate_striping: must specify both (or neither) of stripe-unit and stripe-count';
    throw logged(rados, 'EINVAL', CREATE, text);
  }
  if (stripeUnit !== 0 && (2 ** order % stripeUnit !== 0 || stripeUnit > 2 ** order)) {
    throw logged(rados, 'EINVAL', CREATE, 'validate_striping: stripe unit is not a factor of the object size');
  }
}

/** False where the image has an object map, and that cannot hold so many objects. */
export function fitsMap(
  size: number,
  features: number,
  layout: { readonly objectSize: number; readonly stripeUnit: number; readonly stripeCount: number },
): boolean {
  return (features & FEATURE.OBJECT_MAP) === 0 || objectCount(layout, size) <= MAX_MAP_OBJECTS;
}

/** EFBIG for sizes that this engine cannot count. */
export function checkSize(size: number): void {
  if (size > Number.MAX_SAFE_INTEGER) throw new CephError('EFBIG', `${size} bytes`);
}
