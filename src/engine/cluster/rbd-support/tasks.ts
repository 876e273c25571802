import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { abortMigration } from '../../librbd/migration/abort.ts';
import { commitMigration } from '../../librbd/migration/commit.ts';
import { executeMigration } from '../../librbd/migration/execute.ts';
import { withImage } from '../../librbd/open.ts';
import { flattenImage } from '../../librbd/operation/flatten.ts';
import { removeOrTrash } from '../../librbd/operation/remove-or-trash.ts';
import { removeFromTrash } from '../../librbd/operation/trash.ts';
import type { OnProgress } from '../../librbd/progress.ts';
import {
  changeRbdTask,
  endRbdTaskProgress,
  forgetRbdTask,
  postRbdTask,
  putRbdTask,
  type RbdTask,
  type RbdTaskAction,
  rbdTaskOfKey,
  rbdTasks,
  reloadRbdTasks,
  taskKey,
  tried,
} from '../../mon/rbd-tasks.ts';
import type { ClientModuleParts } from '../client-modules.ts';
import { replaceSupportClient, supportRados, supportReadyAt_us } from './module-client.ts';
import { rbdErrorText } from './rbd-error-text.ts';
import { removeStoredTask } from './task-queue.ts';
import { openSpecPool } from './task-specs.ts';

/** How an action is done, and what its errors are called. */
interface Action {
  run(io: IoCtx, task: RbdTask, onProgress: OnProgress): Task<void>;
  what(task: RbdTask): string;
  /** Of EINVAL; where there is none it is tried again. */
  readonly invalid?: string;
}

/** It looks as often as this unless it is woken, by a task that is added while it rests. */
const TICK_US = 5_000_000;

const nameOf = ({ refs }: RbdTask): string => refs.imageName ?? '';

const ACTIONS: Readonly<Record<RbdTaskAction, Action>> = {
  flatten: {
    run: (io, task, tell) => withImage(io, { name: nameOf(task) }, {}, (image) => flattenImage(image, tell)),
    what: (task) => `error flattening ${nameOf(task)}`,
    invalid: 'Image does not have parent',
  },
  remove: {
    run: (io, task, tell) => removeOrTrash(io, nameOf(task), tell),
    what: () => 'error removing image',
  },
  'trash remove': {
    run: (io, { refs }, tell) => removeFromTrash(io, refs.imageId ?? '', false, tell),
    what: () => 'error deleting image from trash',
  },
  'migrate execute': {
    run: (io, task, tell) => executeMigration(io, nameOf(task), tell),
    what: () => 'error aborting migration',
    invalid: 'Image is not migrating',
  },
  'migrate commit': {
    run: (io, task, tell) => commitMigration(io, nameOf(task), tell),
    what: () => 'error aborting migration',
    invalid: 'Image is not migrating or migration not executed',
  },
  'migrate abort': {
    run: (io, task, tell) => abortMigration(io, nameOf(task), tell),
    what: () => 'error aborting migration',
    invalid: 'Image is not migrating',
  },
};

/**
 * Does the manager's tasks, one after the other. What waits and what runs is in the records: a state that was brought
 * back goes on from there, as a manager does that was started again.
 *
 * @ceph src/pybind/mgr/rbd_support/task.py TaskHandler.run, execute_task — exact in order, retries and what is told; a
 *   retry comes when it is due, not at the next tick of five seconds
 */
export class RbdTasks {
  readonly #parts: ClientModuleParts;
  /** The last task that was there when it looked last: who adds one later wakes it. */
  #seen = 0;
  /** When it looks again unless it is woken. */
  #tick_us = 0;

  constructor(parts: ClientModuleParts) {
    this.#parts = parts;
  }

  /** With each map, after records were brought back, and when a task was added. */
  startWork(): void {
    const { context } = this.#parts;
    const tasks = rbdTasks(context.records);
    if (tasks.length === 0) return;
    const at_us = Math.max(this.#ready_us(), Math.min(...tasks.map((task) => this.#looksAt_us(task))));
    if (at_us <= context.now_us()) context.spawn('rbd-tasks', this.#work());
    else context.spawnTimer(`rbd-tasks-${at_us}`, this.#workAt(at_us));
  }

  #ready_us(): number {
    const { context, osdMap } = this.#parts;
    return supportReadyAt_us(context.records, osdMap(), context.now_us()) ?? 0;
  }

  /** A tick further away than any can be is of a time that was taken back. */
  #looksAt_us({ sequence, retryAt_us }: RbdTask): number {
    const isWaiting = sequence <= this.#seen && this.#tick_us <= this.#parts.context.now_us() + TICK_US;
    return Math.max(retryAt_us ?? 0, isWaiting ? this.#tick_us : 0);
  }

  #due(): RbdTask[] {
    const { records, now_us } = this.#parts.context;
    return rbdTasks(records).filter(({ retryAt_us }) => retryAt_us === null || retryAt_us <= now_us());
  }

  *#workAt(at_us: number): Task<void> {
    const { context } = this.#parts;
    yield Math.max(0, at_us - context.now_us());
    if (this.#due().length > 0) context.spawn('rbd-tasks', this.#work());
  }

  *#work(): Task<void> {
    const { context, osdMap } = this.#parts;
    const { records, now_us } = context;
    try {
      for (const task of this.#due()) if (rbdTaskOfKey(records, taskKey(task))) yield* this.#execute(task);
    } catch (error) {
      if (!isErrno(error, 'EBLOCKLISTED')) throw error;
      reloadRbdTasks(records);
      replaceSupportClient(records, osdMap(), now_us());
    }
    this.#seen = rbdTasks(records).at(-1)?.sequence ?? 0;
    this.#tick_us = now_us() + TICK_US;
    // What is left is looked for once this job has ended.
    context.spawnTimer('rbd-tasks-next', this.#lookAgain());
  }

  *#lookAgain(): Task<void> {
    this.startWork();
    yield 0;
  }

  *#execute(task: RbdTask): Task<void> {
    const { context } = this.#parts;
    const { records } = context;
    const key = taskKey(task);
    changeRbdTask(records, key, { isRunning: true });
    const io = this.#open(task);
    const failed = io === null ? null : yield* this.#try(io, task);
    const now = rbdTaskOfKey(records, key);
    if (now === undefined) return;
    if (failed !== null) {
      putRbdTask(records, { ...tried(now, context.now_us()), retryMessage: failed });
      if (now.isPosted) postRbdTask(records, key, 0, context.now_us());
      return;
    }
    if (!now.isCanceled) endRbdTaskProgress(records, key, context.now_us());
    if (io !== null) yield* removeStoredTask(io, task);
    forgetRbdTask(records, key, context.now_us());
  }

  /** Null where its pool is gone. */
  #open(task: RbdTask): IoCtx | null {
    const { context, connect } = this.#parts;
    try {
      return openSpecPool(supportRados(context.records, connect()), task.refs);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return null;
      throw error;
    }
  }

  /** Answers why it is to be tried again; null where it is done with, for good or bad. */
  *#try(io: IoCtx, task: RbdTask): Task<string | null> {
    const { run, what, invalid } = ACTIONS[task.refs.action];
    try {
      yield* run(io, task, (done, total) => this.#tell(taskKey(task), total === 0 ? 1 : done / total));
      return null;
    } catch (error) {
      if (!(error instanceof CephError) || error.is('EBLOCKLISTED')) throw error;
      if (error.is('ECANCELED')) return null;
      const failure = error.is('ENOENT') ? 'Image does not exist' : error.is('EINVAL') ? invalid : undefined;
      if (failure === undefined) return rbdErrorText(error.errno, what(task));
      changeRbdTask(this.#parts.context.records, taskKey(task), { failure });
      return null;
    }
  }

  /** Stops a task that was canceled. */
  #tell(key: string, progress: number): void {
    const { records, now_us } = this.#parts.context;
    if (rbdTaskOfKey(records, key)?.isCanceled !== false) throw new CephError('ECANCELED', 'task');
    changeRbdTask(records, key, { progress });
    postRbdTask(records, key, progress, now_us());
  }
}
