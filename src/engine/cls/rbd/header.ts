import { CephError } from '../../base/errno.ts';
import { byteStringOfText } from '../../base/utf8.ts';
import { clsRbdHeader as methods } from '../../codec/cls-rbd-methods.ts';
import { type Decoder, encode } from '../../codec/denc.ts';
import {
  FEATURE,
  FEATURES_ALL,
  FEATURES_DISABLE_ONLY,
  FEATURES_INCOMPATIBLE,
  FEATURES_MUTABLE,
  FEATURES_OSD_ONLY,
  OP_FEATURES_ALL,
} from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import {
  asText,
  asTime,
  asU64,
  hasKey,
  listByPrefix,
  readKey,
  requireKey,
  text,
  u64,
  writeKey,
} from '../omap-values.ts';
import {
  checkExists,
  readParent,
  readSnap,
  requireFeature,
  SNAP_PREFIX,
  setOpFeatures,
  writeParent,
  writeSnap,
} from './header-values.ts';
import { lowerMigrationOverlap } from './migration-header.ts';

const asU8 = (decoder: Decoder): number => decoder.u8();
const TIMESTAMPS = ['create_timestamp', 'access_timestamp', 'modify_timestamp'];
const asS64 = (decoder: Decoder): number => decoder.s64();

/** @ceph src/cls/rbd/cls_rbd.cc create, get_* and set_* of the header — exact */
export const HEADER_HANDLERS: readonly ClsHandler[] = [
  implement(methods.create, (object, { size, order, features, objectPrefix, dataPoolId }) => {
    if (features > FEATURES_ALL) throw new CephError('ENOSYS', `features ${features}`);
    if (objectPrefix === '') throw new CephError('EINVAL', 'object prefix');
    if (hasKey(object, 'object_prefix')) throw new CephError('EEXIST', 'header');
    if ((features & FEATURE.OPERATIONS) !== 0) throw new CephError('EINVAL', 'feature operations');
    const withPool = (features & FEATURE.DATA_POOL) !== 0;
    if (withPool !== (dataPoolId !== -1)) throw new CephError('EINVAL', `data pool ${dataPoolId}`);
    const now = encode((e) => e.utime(object.now_us()));
    const values: [string, Uint8Array][] = [
      ['size', u64(size)],
      ['order', encode((e) => e.u8(order))],
      ['features', u64(features)],
      ['object_prefix', text(objectPrefix)],
      ['snap_seq', u64(0)],
    ];
    if (!object.era.oldHeaders) for (const name of TIMESTAMPS) values.push([name, now]);
    if (withPool) values.push(['data_pool_id', encode((e) => e.s64(dataPoolId))]);
    object.omapSet(new Map(values.map(([key, value]) => [byteStringOfText(key), value])));
  }),

  implement(methods.getSize, (object, { snapId }) => {
    const order = requireKey(object, 'order', asU8);
    return { order, size: snapId === NOSNAP ? requireKey(object, 'size', asU64) : readSnap(object, snapId).imageSize };
  }),

  implement(methods.setSize, (object, { size }) => {
    const before = requireKey(object, 'size', asU64);
    writeKey(object, 'size', u64(size));
    if (size >= before) return;
    lowerMigrationOverlap(object, size);
    const parent = readParent(object);
    if (parent !== null && (parent.headOverlap ?? 0) > size) writeParent(object, { ...parent, headOverlap: size });
  }),

  implement(methods.getFeatures, (object, { readOnly }) => {
    const features = requireKey(object, 'features', asU64);
    return { features, incompatible: features & (readOnly ? FEATURES_INCOMPATIBLE : FEATURES_ALL) };
  }),

  implement(methods.setFeatures, (object, { features, mask }) => setFeatures(object, features, mask)),

  implement(methods.getSnapContext, (object) => {
    const seq = requireKey(object, 'snap_seq', asU64);
    const snaps = listByPrefix(object, SNAP_PREFIX).map(([name]) => Number.parseInt(name, 16));
    return { seq, snaps: snaps.reverse() };
  }),

  implement(methods.getObjectPrefix, (object) => requireKey(object, 'object_prefix', asText)),
  implement(methods.getDataPool, (object) => readKey(object, 'data_pool_id', asS64) ?? -1),

  implement(methods.getStripeUnitCount, (object) => {
    requireFeature(object, FEATURE.STRIPINGV2);
    const stripeUnit = readKey(object, 'stripe_unit', asU64) ?? 2 ** requireKey(object, 'order', asU8);
    return { stripeUnit, stripeCount: readKey(object, 'stripe_count', asU64) ?? 1 };
  }),

  implement(methods.setStripeUnitCount, (object, { stripeUnit, stripeCount }) => {
    if (stripeUnit === 0 || stripeCount === 0) throw new CephError('EINVAL', 'striping of 0');
    checkExists(object);
    requireFeature(object, FEATURE.STRIPINGV2);
    const objectSize = 2 ** requireKey(object, 'order', asU8);
    if (objectSize % stripeUnit !== 0) throw new CephError('EINVAL', `stripe unit ${stripeUnit} of ${objectSize}`);
    writeKey(object, 'stripe_unit', u64(stripeUnit));
    writeKey(object, 'stripe_count', u64(stripeCount));
  }),

  implement(methods.getCreateTimestamp, (object) => readKey(object, 'create_timestamp', asTime) ?? 0),
  implement(methods.getAccessTimestamp, (object) => readKey(object, 'access_timestamp', asTime) ?? 0),
  implement(methods.getModifyTimestamp, (object) => readKey(object, 'modify_timestamp', asTime) ?? 0),
  implement(methods.setAccessTimestamp, (object) => setTimestamp(object, 'access_timestamp')),
  implement(methods.setModifyTimestamp, (object) => setTimestamp(object, 'modify_timestamp')),

  implement(methods.getFlags, (object, { snapId }) =>
    snapId === NOSNAP ? (readKey(object, 'flags', asU64) ?? 0) : readSnap(object, snapId).flags,
  ),

  implement(methods.setFlags, (object, { snapId, flags, mask }) => {
    const merge = (before: number): number => (before & ~mask) | (flags & mask);
    if (snapId === NOSNAP) writeKey(object, 'flags', u64(merge(readKey(object, 'flags', asU64) ?? 0)));
    else {
      const snap = readSnap(object, snapId);
      writeSnap(object, { ...snap, flags: merge(snap.flags) });
    }
  }),

  implement(methods.opFeaturesGet, (object) => readKey(object, 'op_features', asU64) ?? 0),

  implement(methods.opFeaturesSet, (object, { opFeatures, mask }) => {
    if ((mask & ~OP_FEATURES_ALL) !== 0) throw new CephError('EINVAL', `op features ${mask}`);
    setOpFeatures(object, opFeatures, mask);
  }),
];

/** @ceph src/cls/rbd/cls_rbd.cc set_features — exact */
function setFeatures(object: ObjectContext, features: number, mask: number): void {
  const before = readKey(object, 'features', asU64) ?? 0;
  if ((mask & FEATURES_OSD_ONLY) !== 0) throw new CephError('EINVAL', `internal features ${mask}`);
  const known = mask & FEATURES_ALL;
  const enabled = features & known;
  const disabled = ~features & known;
  if ((enabled & ~FEATURES_MUTABLE) !== 0) throw new CephError('EINVAL', `enabling features ${enabled}`);
  if ((disabled & ~(FEATURES_MUTABLE | FEATURES_DISABLE_ONLY)) !== 0)
    throw new CephError('EINVAL', `disabling features ${disabled}`);
  writeKey(object, 'features', u64((before & ~known) | enabled));
}

function setTimestamp(object: ObjectContext, key: string): void {
  checkExists(object);
  writeKey(
    object,
    key,
    encode((e) => e.utime(object.now_us())),
  );
}
