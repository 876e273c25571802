import type { Task } from '../../base/task.ts';
import { clsRbdHeader, clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import type { MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import { FEATURES_IMPLICIT } from '../features.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { withImage } from '../open.ts';
import { copyMetadata } from '../operation/copy.ts';
import type { CreateOptions } from '../operation/create-plan.ts';
import { createSnap } from '../operation/snap-create.ts';
import { headerChanged } from '../refresh.ts';

/**
 * The features that a destination gets: those asked for, or its source's, without what comes by itself. A foreign source has none.
 * @ceph src/librbd/api/Migration.cc prepare — exact
 */
export function destinationOptions(source: ImageCtx, options: CreateOptions): CreateOptions {
  if (source.foreign !== null) return { ...options, features: (options.features ?? 0) | FEATURE.MIGRATING };
  const { features, order, stripeUnit, stripeCount } = source.header;
  const wanted = (options.features ?? features) & ~FEATURES_IMPLICIT;
  return { order, stripeUnit, stripeCount, ...options, features: wanted | FEATURE.MIGRATING };
}

/**
 * Snapshots and settings of the source, under new ids; answers which snapshot became which.
 *
 * @ceph src/librbd/deep_copy/SnapshotCopyRequest.cc, MetadataCopyRequest.cc — exact for images without journals
 */
export function* copySnapshots(source: ImageCtx, dest: ImageCtx): Task<MigrationSpec['snapSeqs']> {
  yield* acquireLock(dest);
  const pairs: [number, number][] = [];
  for (const snap of source.header.snaps) {
    if (snap.namespace.type !== 'user' || snap.id > source.snapId) continue;
    yield* setSize(dest, snap.size);
    const id = yield* createSnap(dest, snap.name);
    pairs.push([snap.id, id]);
    if (snap.protection !== 'protected') continue;
    yield* dest.io.exec(dest.headerOid, clsRbdSnapshot.setProtectionStatus, { snapId: id, status: 'protected' });
    yield* headerChanged(dest);
  }
  yield* setSize(dest, source.size);
  if (source.foreign === null) yield* copyMetadata(source, dest);
  return pairs;
}

/** No object is there yet: nothing is to be trimmed. */
function* setSize(dest: ImageCtx, size: number): Task<void> {
  if (dest.header.size === size) return;
  yield* dest.io.exec(dest.headerOid, clsRbdHeader.setSize, { size });
  if (dest.objectMap !== null) yield* dest.objectMap.resize(objectCount(dest.layout, size));
  yield* headerChanged(dest);
}

/** Opens the destination whatever its header says of the migration. */
export function* onDestination<T>(io: IoCtx, id: string, body: (image: ImageCtx) => Task<T>): Task<T> {
  return yield* withImage(io, { id }, { skipParent: true, ignoreMigrating: true }, body);
}
