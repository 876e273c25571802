import { CephError, isErrno } from '../../base/errno.ts';
import type { RecordStore } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import { type ByteString, byteStringOfText, utf8Encode } from '../../base/utf8.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { Rados } from '../../librados/rados.ts';
import type { ImageCtx } from '../../librbd/image-ctx.ts';
import { findMigration, type Migration } from '../../librbd/migration/open-images.ts';
import { withImage } from '../../librbd/open.ts';
import { getTrashEntry } from '../../librbd/operation/trash.ts';
import {
  changeRbdTask,
  endRbdTaskProgress,
  findRbdTask,
  forgetRbdTask,
  newRbdTask,
  putRbdTask,
  type RbdTask,
  type RbdTaskAction,
  type RbdTaskRefs,
  rbdTaskJson,
  rbdTaskOfId,
  taskKey,
} from '../../mon/rbd-tasks.ts';
import { rbdError } from './rbd-error-text.ts';
import { openSpecPool, type TaskImageSpec, taskImageSpec, taskImageText } from './task-specs.ts';

/** Where tasks lie, each under its number. */
const RBD_TASK = 'rbd_task';

/** What the manager looks at before it takes a task: refuses it, or words it. */
interface Found {
  readonly imageId?: string;
  /** Refuses by throwing. */
  message(): string;
}

type Look = (io: IoCtx, spec: TaskImageSpec) => Task<Found>;

const LOOKS: Readonly<Record<RbdTaskAction, Look>> = {
  flatten: lookToFlatten,
  remove: lookToRemove,
  'trash remove': lookToRemoveTrashed,
  'migrate execute': migrationLook(messageToExecute),
  'migrate commit': migrationLook(messageToCommit),
  'migrate abort': migrationLook((_, spec) => `Aborting image migration for ${taskImageText(spec)}`),
};

/**
 * Takes a task into the manager's queue; one that is there already, or was done, is answered as it is. EINVAL, ENOENT,
 * EBUSY in the words of the manager.
 *
 * @ceph src/pybind/mgr/rbd_support/task.py queue_flatten, queue_remove, queue_trash_remove, queue_migration_* — exact
 */
export function* queueRbdTask(
  records: RecordStore,
  rados: Rados,
  action: RbdTaskAction,
  specText: string,
): Task<RbdTask> {
  const spec = taskImageSpec(specText, rados.config('rbd_default_pool'));
  const io = openSpecPool(rados, spec);
  const found = yield* LOOKS[action](io, spec);
  const refs = refsOf(action, spec, found.imageId);
  const known = findRbdTask(records, refs);
  if (known !== undefined) return known;
  const task = newRbdTask(records, rados.port.newUuid(), found.message(), refs);
  yield* io.omapSet(RBD_TASK, new Map([[keyOf(task), utf8Encode(rbdTaskJson(task))]]));
  putRbdTask(records, task);
  return task;
}

function refsOf(action: RbdTaskAction, { pool, nspace, image }: TaskImageSpec, imageId?: string): RbdTaskRefs {
  if (action === 'trash remove') return { action, pool, nspace, imageId: image };
  return { action, pool, nspace, imageName: image, ...(imageId === undefined ? {} : { imageId }) };
}

function keyOf(task: RbdTask): ByteString {
  return byteStringOfText(taskKey(task));
}

/** An image that is not there is refused only where no task of it is known. */
function* lookAt(io: IoCtx, spec: TaskImageSpec, found: (image: ImageCtx) => Found): Task<Found> {
  try {
    return yield* withImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      return found(image);
    });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    return {
      message: () => {
        throw rbdError('ENOENT', `Image ${taskImageText(spec)} does not exist`);
      },
    };
  }
}

function* lookToFlatten(io: IoCtx, spec: TaskImageSpec): Task<Found> {
  return yield* lookAt(io, spec, ({ id, header }) => ({
    imageId: id,
    message: () => {
      if (header.parentOverlap === null) {
        throw rbdError('ENOENT', `Image ${taskImageText(spec)} does not have a parent`);
      }
      return `Flattening image ${taskImageText(spec)}`;
    },
  }));
}

function* lookToRemove(io: IoCtx, spec: TaskImageSpec): Task<Found> {
  return yield* lookAt(io, spec, ({ id, header }) => ({
    imageId: id,
    message: () => {
      if (header.snaps.length > 0) throw rbdError('EBUSY', `Image ${taskImageText(spec)} has snapshots`);
      return `Removing image ${taskImageText(spec)}`;
    },
  }));
}

function* lookToRemoveTrashed(io: IoCtx, spec: TaskImageSpec): Task<Found> {
  const isThere = yield* isInTrash(io, spec.image);
  return {
    message: () => {
      if (!isThere) throw rbdError('ENOENT', 'error retrieving image from trash');
      return `Removing image ${taskImageText(spec)} from trash`;
    },
  };
}

function* isInTrash(io: IoCtx, id: string): Task<boolean> {
  try {
    yield* getTrashEntry(io, id);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

function migrationLook(messageOf: (migration: Migration, spec: TaskImageSpec) => string): Look {
  return function* (io, spec) {
    const migration = yield* migrationOf(io, spec.image);
    const imageId = migration?.dest?.id;
    return {
      ...(imageId === undefined ? {} : { imageId }),
      message: () => {
        if (migration === null) throw rbdError('EINVAL', `Image ${taskImageText(spec)} is not migrating`);
        return messageOf(migration, spec);
      },
    };
  };
}

function* migrationOf(io: IoCtx, name: string): Task<Migration | null> {
  try {
    return yield* findMigration(io, name);
  } catch (error) {
    if (isErrno(error, 'EINVAL') || isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

function messageToExecute({ source, dest, spec: state }: Migration, spec: TaskImageSpec): string {
  if (state?.state !== 'prepared' && state?.state !== 'executing') {
    throw rbdError('EINVAL', `Image ${taskImageText(spec)} is not in ready state`);
  }
  const ends = [source, dest].map((end) => {
    const pool = end === null ? '<unknown>' : (end.io.rados.findPool(end.io.poolId)?.name ?? '<unknown>');
    return taskImageText({ pool, nspace: end?.io.nspace ?? '', image: end?.name ?? '' });
  });
  return `Migrating image ${ends.join(' to ')}`;
}

function messageToCommit({ spec: state }: Migration, spec: TaskImageSpec): string {
  if (state?.state !== 'executed') {
    throw rbdError('EINVAL', `Image ${taskImageText(spec)} has not completed migration`);
  }
  return `Committing image migration for ${taskImageText(spec)}`;
}

/**
 * Cancels a task: one that waits is gone at once, one that runs stops at its next step. ENOENT.
 *
 * @ceph task.py task_cancel — exact
 */
export function* cancelRbdTask(records: RecordStore, rados: Rados, id: string): Task<void> {
  const task = rbdTaskOfId(records, id);
  if (task === undefined) throw new CephError('ENOENT', `No such task ${id}`);
  const key = taskKey(task);
  changeRbdTask(records, key, { isCanceled: true, failure: 'Operation canceled' });
  endRbdTaskProgress(records, key, rados.now_us());
  yield* removeStoredTask(openSpecPool(rados, task.refs), task);
  if (!task.isRunning) forgetRbdTask(records, key, rados.now_us());
}

/** Takes a task out of `rbd_task`. */
export function* removeStoredTask(io: IoCtx, task: RbdTask): Task<void> {
  try {
    yield* io.omapRemoveKeys(RBD_TASK, [keyOf(task)]);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
