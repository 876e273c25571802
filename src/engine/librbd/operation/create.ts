import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdDirectory, clsRbdHeader, clsRbdId, clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import { FEATURE, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { logError, logged } from '../../librados/error-log.ts';
import { call, type IoCtx } from '../../librados/io-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { createJournal } from '../journal/create-journal.ts';
import { mirrorNewImage, requireMirroredPool } from '../mirror/new-image.ts';
import { dataPrefix, headerName, idObjectName, objectMapName, RBD_DIRECTORY } from '../object-names.ts';
import { hasOldImage } from '../old-format/detect.ts';
import { withDefaults } from './create-defaults.ts';
import { type CreateOptions, type CreatePlan, planCreate } from './create-plan.ts';
import { validatePool } from './validate-pool.ts';

export type { CreateOptions } from './create-plan.ts';

/**
 * Makes an image and answers its id. EEXIST for a name in use, EINVAL for features, striping or a size that do not
 * go together, EDOM for an order outside 12 to 25, ENOENT for a missing data pool or namespace.
 *
 * @ceph src/librbd/image/CreateRequest.cc — exact
 */
export function* createImage(io: IoCtx, name: string, size: number, options: CreateOptions = {}): Task<string> {
  yield* refuseTaken(io, name, options.features, 'librbd');
  if (options.mirrorMode !== undefined) yield* requireMirroredPool(io);
  const plan = planCreate(io, size, yield* withDefaults(io, options));
  const id = yield* createObjects(io, name, size, plan);
  emitCreated(io, name, id, null);
  yield* mirrorNewImage(io, id, plan.features, options.mirrorMode);
  return id;
}

/** The same for a clone, which is told of once it has its parent. */
export function* createObjects(io: IoCtx, name: string, size: number, plan: CreatePlan): Task<string> {
  const data = plan.dataPoolId === -1 ? io : io.rados.ioCtx(plan.dataPoolId);
  yield* validateFor(data);
  yield* refuseTaken(io, name, plan.features);
  yield* requireNamespace(io);
  const id = plan.id ?? io.rados.port.newImageId(io.rados.clientId);
  yield* addToDirectory(io, name, id);
  try {
    yield* io.operate(idObjectName(name), [{ op: 'create', exclusive: true }, call(clsRbdId.set, { id })]);
  } catch (error) {
    yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.removeImage, { name, id });
    throw error;
  }
  yield* createHeader(io, id, size, plan);
  return id;
}

function* validateFor(io: IoCtx): Task<void> {
  try {
    yield* validatePool(io);
  } catch (error) {
    if (isErrno(error, 'EINVAL'))
      logError(
        io.rados,
        '*librbd::image::CreateRequest',
        'handle_validate_data_pool: pool does not support RBD images',
      );
    throw error;
  }
}

export function emitCreated(io: IoCtx, image: string, imageId: string, parent: string | null): void {
  io.rados.port.emit({ type: 'rbd/image-created', pool: io.poolId, image, imageId, parent });
}

/** EEXIST where an image has the name, noted down by `logs` where that is given. What is migrated into may be called as its source of format 1. */
export function* refuseTaken(io: IoCtx, name: string, features = 0, logs?: string): Task<void> {
  const besideOld = (features & FEATURE.MIGRATING) !== 0;
  if ((besideOld || !(yield* hasOldImage(io, name))) && !(yield* hasId(io, name))) return;
  const text = `rbd image ${name} already exists`;
  throw logs === undefined ? new CephError('EEXIST', text) : logged(io.rados, 'EEXIST', logs, text);
}

function* hasId(io: IoCtx, name: string): Task<boolean> {
  try {
    yield* io.stat(idObjectName(name));
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

/** ENOENT for a namespace that is not there: its directory is missing. */
function* requireNamespace(io: IoCtx): Task<void> {
  if (io.nspace !== '') yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.stateAssert, { state: 'ready' });
}

function* addToDirectory(io: IoCtx, name: string, id: string): Task<void> {
  const add = call(clsRbdDirectory.addImage, { name, id });
  const ready = call(clsRbdDirectory.stateAssert, { state: 'ready' } as const);
  yield* io.operate(RBD_DIRECTORY, io.nspace === '' ? [add] : [ready, add]);
}

function* createHeader(io: IoCtx, id: string, size: number, plan: CreatePlan): Task<void> {
  const { order, features, dataPoolId, stripeUnit, stripeCount } = plan;
  const objectPrefix = dataPrefix(id, dataPoolId === -1 ? undefined : io.poolId);
  const input = { size, order, features, objectPrefix, dataPoolId };
  yield* io.operate(headerName(id), [{ op: 'create', exclusive: true }, call(clsRbdHeader.create, input)]);
  if ((features & FEATURE.STRIPINGV2) !== 0) {
    yield* io.exec(headerName(id), clsRbdHeader.setStripeUnitCount, { stripeUnit, stripeCount });
  }
  if ((features & FEATURE.OBJECT_MAP) !== 0) {
    const count = objectCount({ objectSize: 2 ** order, stripeUnit, stripeCount }, size);
    const resize = { objectCount: count, defaultState: OBJECT_STATE.NONEXISTENT };
    yield* io.exec(objectMapName(id), clsRbdObjectMap.resize, resize);
  }
  if ((features & FEATURE.JOURNALING) !== 0) yield* createJournal(io, id, plan.journal);
}
