import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { withImage } from '../open.ts';
import type { CreateOptions } from '../operation/create-plan.ts';
import { makeDestination } from '../operation/make-destination.ts';
import { removeImage } from '../operation/remove.ts';
import { NO_PROGRESS } from '../progress.ts';
import { copySnapshots, destinationOptions, onDestination } from './create-destination.ts';
import { setMigrationState } from './set-state.ts';
import { canonicalSpec, openNative, sourceType } from './source-spec.ts';

/**
 * `rbd migration prepare --import-only`: a new image that reads through to a snapshot of another, which stays as it
 * is. ENOENT, EINVAL, EBADMSG for what the source-spec says; EEXIST for a name in use.
 *
 * @ceph src/librbd/api/Migration.cc prepare_import — exact for sources of this cluster
 */
export function* importMigration(spec: string, io: IoCtx, name: string, options: CreateOptions = {}): Task<void> {
  sourceType(spec);
  const native = yield* openNative(io, spec);
  const at = { snapName: native.snapName, readOnly: true };
  yield* withImage(native.io, { id: native.imageId }, at, function* (image) {
    const id = io.rados.port.newImageId(io.rados.clientId);
    try {
      yield* makeDestination(image, io, name, false, destinationOptions(image, { ...options, id }));
      yield* onDestination(io, id, (dest) => fill(image, dest, canonicalSpec(spec)));
      yield* setMigrationState(null, { io, id, name }, 'prepared');
    } catch (error) {
      if (error instanceof CephError) yield* removeImage(io, { id }, NO_PROGRESS, { ignoreMigrating: true });
      throw error;
    }
  });
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
