import type { Task } from '../../base/task.ts';
import { clsRbdHeader, clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import type { MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { FEATURE, OP_FEATURE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import { FEATURES_IMPLICIT } from '../features.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { withImage } from '../open.ts';
import { cloneImage } from '../operation/clone.ts';
import { copyMetadata } from '../operation/copy.ts';
import { createImage } from '../operation/create.ts';
import type { CreateOptions } from '../operation/create-plan.ts';
import { describeParent } from '../operation/parent-info.ts';
import { createSnap } from '../operation/snap-create.ts';
import { headerChanged } from '../refresh.ts';

/**
 * The features that a destination gets: those asked for, or its source's, without what comes by itself.
 * @ceph src/librbd/api/Migration.cc prepare — exact
 */
export function destinationOptions(source: ImageCtx, options: CreateOptions): CreateOptions {
  const { features, order, stripeUnit, stripeCount } = source.header;
  const wanted = (options.features ?? features) & ~FEATURES_IMPLICIT;
  return { order, stripeUnit, stripeCount, ...options, features: wanted | FEATURE.MIGRATING };
}

/** Makes the image that the source is migrated into, without data: as a clone of the same parent, where there is one. */
export function* createDestination(
  source: ImageCtx,
  io: IoCtx,
  name: string,
  flatten: boolean,
  options: CreateOptions,
): Task<string> {
  const parent = flatten ? null : yield* describeParent(source);
  const wanted = destinationOptions(source, options);
  if (parent === null) return yield* createImage(io, name, source.size, wanted);
  const parentIo = io.rados.ioCtx(parent.poolName, parent.nspace);
  const cloneFormat = (source.header.opFeatures & OP_FEATURE.CLONE_CHILD) === 0 ? 1 : 2;
  const from = { io: parentIo, imageName: parent.imageName, snapId: parent.snapId };
  return yield* cloneImage(from, io, name, { ...wanted, cloneFormat });
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
  yield* copyMetadata(source, dest);
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
