import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { logging } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { notifyHeaderChanged } from '../handles.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { removeFromOldDirectory } from '../old-format/directory.ts';
import { closingImage, openImage, withImage } from '../open.ts';
import { listChildren } from '../operation/children.ts';
import { type CreateOptions, planCreate } from '../operation/create-plan.ts';
import { makeDestination } from '../operation/make-destination.ts';
import { moveToTrash } from '../operation/trash.ts';
import { listImageWatchers } from '../operation/watchers.ts';
import { refreshImage } from '../refresh.ts';
import { abortMigration, comeBack } from './abort.ts';
import { copySnapshots, destinationOptions, onDestination } from './create-destination.ts';
import { headerOf, type MigrationEnd, targetOf } from './open-images.ts';
import { moveGroup, relinkChildren } from './relink.ts';
import { setMigrationState } from './set-state.ts';

const MIGRATION = 'librbd::Migration';

export interface MigrateOptions extends CreateOptions {
  /** Copies what is the source's parent's, too, and makes no clone. */
  readonly flatten?: boolean;
}

/**
 * `rbd migration prepare`: the source goes to the trash, or out of the directory where it is of format 1, and the
 * destination takes its place, reading through to it.
 * ENOENT; EBUSY while others have the source open, or while it is in a migration; EEXIST for a name in use; EINVAL for
 * options that do not go together.
 *
 * @ceph src/librbd/api/Migration.cc prepare — exact
 */
export function* prepareMigration(
  io: IoCtx,
  name: string,
  destIo: IoCtx,
  destName: string,
  options: MigrateOptions = {},
): Task<void> {
  const { flatten = false, ...create } = options;
  const opened = logging(io.rados, MIGRATION, 'prepare: failed to open image', openImage(io, { name }));
  const id = yield* closingImage(yield* opened, (image) => checkSource(image, create));
  if (id === '') yield* removeFromOldDirectory(io, name);
  else yield* moveToTrash(io, name, 0, 'migration');
  const source: MigrationEnd = { io, id, name };
  try {
    yield* createPrepared(source, destIo, destName, flatten, create);
  } catch (error) {
    if (error instanceof OtherMigration) yield* comeBack(source);
    else if (error instanceof CephError) yield* abortMigration(io, name);
    throw error;
  }
}

/** The source is the destination of a migration that is not committed: what is given up is not that one. */
class OtherMigration extends CephError {}

function* markSource(source: MigrationEnd, spec: MigrationSpec): Task<void> {
  const words = 'set_src_migration: failed to set source migration header';
  const marked = source.io.exec(headerOf(source), clsRbdMigration.set, spec);
  try {
    yield* logging(source.io.rados, MIGRATION, words, marked);
  } catch (error) {
    throw isErrno(error, 'EEXIST') ? new OtherMigration('EEXIST', source.name) : error;
  }
}

function* checkSource(image: ImageCtx, options: CreateOptions): Task<string> {
  if ((yield* listImageWatchers(image)).length > 0) throw new CephError('EBUSY', 'image has watchers - not migrating');
  const { order = image.header.order } = options;
  if (order < 12 || order > 25) throw new CephError('EDOM', 'order must be in the range [12, 25]');
  if (image.header.migration != null) throw new CephError('EBUSY', 'cannot move migrating image to trash');
  const foreign = image.header.snaps.find(({ namespace }) => namespace.type === 'group' || namespace.type === 'trash');
  if (foreign !== undefined) throw new CephError('EBUSY', `image has group or trash snapshot '${foreign.name}'`);
  const { features = 0 } = destinationOptions(image, options);
  if ((features & FEATURE.LAYERING) === 0 && (yield* listChildren(image)).length > 0) {
    throw new CephError('EINVAL', "can't migrate to destination without layering feature: image has children");
  }
  return image.id;
}

function* createPrepared(
  source: MigrationEnd,
  io: IoCtx,
  name: string,
  flatten: boolean,
  options: CreateOptions,
): Task<void> {
  const spec: MigrationSpec = {
    headerType: 'source',
    pool: io.poolId,
    nspace: io.nspace,
    imageName: name,
    imageId: '',
    snapSeqs: [],
    overlap: 0,
    flatten,
    mirroring: false,
    state: 'preparing',
    stateDescription: '',
    mirrorMode: 'journal',
    sourceSpec: '',
  };
  const asSource = { readOnly: true, ignoreMigrating: true };
  yield* withImage(source.io, targetOf(source), asSource, function* (image) {
    const words = 'create_dst_image: header creation failed';
    yield* logging(io.rados, MIGRATION, words, planned(image, io, options));
    const id = io.rados.port.newImageId(io.rados.clientId);
    yield* markSource(source, { ...spec, imageId: id });
    notifyHeaderChanged(source.io, headerOf(source));
    yield* makeDestination(image, io, name, flatten, destinationOptions(image, { ...options, id }));
    const dest: MigrationEnd = { io, id, name };
    yield* onDestination(io, id, (destImage) => fillDestination(image, destImage, source, spec));
    yield* setMigrationState(source, dest, 'prepared');
    yield* onDestination(io, id, (destImage) => relinkChildren(image, destImage));
  });
}

/** An id is used up only where the options go together. */
function* planned(image: ImageCtx, io: IoCtx, options: CreateOptions): Task<void> {
  planCreate(io, image.size, destinationOptions(image, options));
}

function* fillDestination(image: ImageCtx, dest: ImageCtx, source: MigrationEnd, spec: MigrationSpec): Task<void> {
  const snapSeqs = yield* copySnapshots(image, dest);
  const { poolId: pool, nspace } = source.io;
  yield* dest.io.exec(dest.headerOid, clsRbdMigration.set, {
    ...spec,
    headerType: 'destination',
    pool,
    nspace,
    imageName: source.name,
    imageId: source.id,
    snapSeqs,
    overlap: image.size,
  });
  yield* refreshImage(dest);
  yield* moveGroup(image, dest);
}
