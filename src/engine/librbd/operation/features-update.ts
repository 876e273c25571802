import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdHeader, clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import { FEATURE, FEATURES_DISABLE_ONLY, FEATURES_MUTABLE, FLAG, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { logged } from '../../librados/error-log.ts';
import { acquireLock, releaseLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { createJournal, type JournalOptions, removeJournal } from '../journal/create-journal.ts';
import { journaledOp } from '../journal/journaled-op.ts';
import { closeHeadMap, openHeadMap } from '../object-map.ts';
import { objectMapName } from '../object-names.ts';
import { headerChanged, refreshImage } from '../refresh.ts';

const OPERATIONS = 'librbd::Operations';
const INVALID = FLAG.OBJECT_MAP_INVALID | FLAG.FAST_DIFF_INVALID;

/**
 * EINVAL for features that are on already, that cannot be switched on later, or that need another. A new object
 * map is invalid until it is rebuilt.
 *
 * @ceph src/librbd/Operations.cc update_features, src/librbd/operation/EnableFeaturesRequest.cc — exact
 */
export function* enableFeatures(image: ImageCtx, features: number, journal: JournalOptions = {}): Task<void> {
  yield* prepare(image);
  if ((features & FEATURES_MUTABLE) !== features)
    throw logged(image.io.rados, 'EINVAL', OPERATIONS, 'cannot update immutable features');
  if ((features & image.header.features) !== 0)
    throw logged(image.io.rados, 'EINVAL', OPERATIONS, 'one or more requested features are already enabled');
  const wanted = impliedByMaps(features);
  const after = image.header.features | wanted;
  if ((wanted & FEATURE.OBJECT_MAP) !== 0 && (after & FEATURE.EXCLUSIVE_LOCK) === 0) {
    throw needsLock(image, 'object-map');
  }
  if ((wanted & FEATURE.JOURNALING) !== 0) {
    if ((after & FEATURE.EXCLUSIVE_LOCK) === 0) throw needsLock(image, 'journaling');
    yield* createJournal(image.io, image.id, journal);
  }
  yield* journaledOp(image, { type: 'update-features', features: wanted, enabled: true }, () => enable(image, wanted));
}

function needsLock({ io }: ImageCtx, feature: string): CephError {
  const text = `cannot enable ${feature}. exclusive-lock must be enabled before enabling ${feature}.`;
  return logged(io.rados, 'EINVAL', 'librbd::EnableFeaturesRequest', text);
}

function* enable(image: ImageCtx, wanted: number): Task<void> {
  if ((wanted & FEATURE.OBJECT_MAP) !== 0) yield* setFlags(image, INVALID, INVALID);
  yield* setFeatures(image, wanted, wanted);
  if ((wanted & FEATURE.OBJECT_MAP) !== 0) yield* createMaps(image);
}

/**
 * EINVAL for features that are off already, that cannot be switched off, or that another needs.
 *
 * @ceph src/librbd/Operations.cc update_features, src/librbd/operation/DisableFeaturesRequest.cc — exact
 */
export function* disableFeatures(image: ImageCtx, features: number): Task<void> {
  yield* prepare(image);
  const allowed = FEATURES_MUTABLE | FEATURES_DISABLE_ONLY;
  if ((features & allowed) !== features)
    throw logged(image.io.rados, 'EINVAL', OPERATIONS, 'cannot update immutable features');
  if ((features & ~image.header.features) !== 0)
    throw logged(image.io.rados, 'EINVAL', OPERATIONS, 'one or more requested features are already disabled');
  const gone = impliedByMaps(features) & image.header.features;
  const after = image.header.features & ~gone;
  const needers = FEATURE.OBJECT_MAP | FEATURE.JOURNALING;
  if ((gone & FEATURE.EXCLUSIVE_LOCK) !== 0 && (after & needers) !== 0) {
    const text =
      'cannot disable exclusive-lock. object-map or journaling must be disabled before disabling exclusive-lock.';
    throw logged(image.io.rados, 'EINVAL', 'librbd::DisableFeaturesRequest', text);
  }
  if ((gone & FEATURE.JOURNALING) !== 0) {
    image.journal = null;
    yield* removeJournal(image.io, image.id);
    yield* disable(image, gone);
  } else {
    const op = { type: 'update-features', features: gone, enabled: false } as const;
    yield* journaledOp(image, op, () => disable(image, gone));
  }
  if ((gone & FEATURE.EXCLUSIVE_LOCK) !== 0) yield* releaseLock(image);
}

function* disable(image: ImageCtx, gone: number): Task<void> {
  if ((gone & FEATURE.OBJECT_MAP) !== 0) yield* removeMaps(image);
  yield* setFeatures(image, 0, gone);
  if ((gone & FEATURE.OBJECT_MAP) !== 0) yield* setFlags(image, 0, INVALID);
}

function* prepare(image: ImageCtx): Task<void> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  if (image.oldFormat) throw logged(image.io.rados, 'EINVAL', OPERATIONS, 'old-format images do not support features');
  yield* acquireLock(image);
}

/** Object map and fast-diff come and go together. */
function impliedByMaps(features: number): number {
  const maps = FEATURE.OBJECT_MAP | FEATURE.FAST_DIFF;
  return (features & maps) === 0 ? features : features | maps;
}

function* setFeatures(image: ImageCtx, features: number, mask: number): Task<void> {
  yield* image.io.exec(image.headerOid, clsRbdHeader.setFeatures, { features, mask });
  yield* headerChanged(image);
}

/** Of the head and of every snapshot. @ceph src/librbd/image/SetFlagsRequest.cc — exact */
function* setFlags(image: ImageCtx, flags: number, mask: number): Task<void> {
  for (const snapId of [NOSNAP, ...image.header.snaps.map(({ id }) => id)]) {
    yield* image.io.exec(image.headerOid, clsRbdHeader.setFlags, { snapId, flags, mask });
  }
  yield* headerChanged(image);
}

/** @ceph src/librbd/object_map/CreateRequest.cc — exact */
function* createMaps(image: ImageCtx): Task<void> {
  const { header, io, layout } = image;
  const maps = [{ id: undefined, size: header.size }, ...header.snaps];
  for (const { id, size } of maps) {
    const input = { objectCount: objectCount(layout, size), defaultState: OBJECT_STATE.NONEXISTENT };
    yield* io.exec(objectMapName(image.id, id), clsRbdObjectMap.resize, input);
  }
  yield* acquireLock(image);
  if (image.objectMap === null) image.objectMap = yield* openHeadMap(image);
}

/** @ceph src/librbd/object_map/RemoveRequest.cc — exact */
function* removeMaps(image: ImageCtx): Task<void> {
  if (image.objectMap !== null) yield* closeHeadMap(image);
  image.objectMap = null;
  for (const id of [undefined, ...image.header.snaps.map((snap) => snap.id)]) {
    try {
      yield* image.io.remove(objectMapName(image.id, id));
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
    }
  }
}
