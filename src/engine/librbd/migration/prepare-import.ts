import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { withImage } from '../open.ts';
import { withDefaults } from '../operation/create-defaults.ts';
import type { CreateOptions } from '../operation/create-plan.ts';
import { makeDestination } from '../operation/make-destination.ts';
import { removeImage } from '../operation/remove.ts';
import { NO_PROGRESS } from '../progress.ts';
import { copySnapshots, destinationOptions, onDestination } from './create-destination.ts';
import { openNative } from './native-source.ts';
import { setMigrationState } from './set-state.ts';
import { canonicalSpec, isNative } from './source-spec.ts';
import { openForeignImage } from './sources/foreign-image.ts';

/**
 * `rbd migration prepare --import-only`: a new image that reads through to a snapshot of another, or to a file, which stays
 * as it is. ENOENT, EINVAL, EBADMSG for what the source-spec says; EEXIST for a name in use; what is wrong with a file,
 * as {@link openForeignImage} tells it.
 *
 * @ceph src/librbd/api/Migration.cc prepare_import — exact for sources of this cluster, and for files
 */
export function* importMigration(spec: string, io: IoCtx, name: string, options: CreateOptions = {}): Task<void> {
  if (!isNative(spec)) {
    const image = yield* openForeignImage(io, canonicalSpec(spec), NOSNAP);
    return yield* importFrom(image, spec, io, name, yield* withDefaults(io, options));
  }
  const native = yield* openNative(io, spec);
  yield* withImage(native.io, { id: native.imageId }, native.at, (image) => importFrom(image, spec, io, name, options));
}

function* importFrom(image: ImageCtx, spec: string, io: IoCtx, name: string, options: CreateOptions): Task<void> {
  const id = io.rados.port.newImageId(io.rados.clientId);
  try {
    yield* makeDestination(image, io, name, false, destinationOptions(image, { ...options, id }));
    yield* onDestination(io, id, (dest) => fill(image, dest, canonicalSpec(spec)));
    yield* setMigrationState(null, { io, id, name }, 'prepared');
  } catch (error) {
    if (error instanceof CephError) yield* removeImage(io, { id }, NO_PROGRESS, { ignoreMigrating: true });
    throw error;
  }
}

function* fill(image: ImageCtx, dest: ImageCtx, sourceSpec: string): Task<void> {
  const snapSeqs = yield* copySnapshots(image, dest);
  yield* dest.io.exec(dest.headerOid, clsRbdMigration.set, {
    headerType: 'destination',
    pool: -1,
    nspace: '',
    imageName: '',
    imageId: '',
    snapSeqs,
    overlap: image.size,
    flatten: false,
    mirroring: false,
    state: 'preparing',
    stateDescription: '',
    mirrorMode: 'journal',
    sourceSpec,
  });
}
