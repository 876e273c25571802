import { members, type PythonMembers, pythonJson } from '../base/python-json.ts';
import { type RecordStore, type Table, tableName } from '../base/records.ts';
import { showTime } from '../codec/show.ts';
import { endProgress, updateProgress } from './progress-events.ts';

export type RbdTaskAction =
  | 'flatten'
  | 'remove'
  | 'trash remove'
  | 'migrate execute'
  | 'migrate commit'
  | 'migrate abort';

/** What a task is about; an image in the trash has no name, one that is not there no id. */
export interface RbdTaskRefs {
  readonly action: RbdTaskAction;
  readonly pool: string;
  readonly nspace: string;
  readonly imageName?: string;
  readonly imageId?: string;
}

/** Work on an image that the manager does in the background. */
export interface RbdTask {
  readonly sequence: number;
  readonly id: string;
  readonly message: string;
  readonly refs: RbdTaskRefs;
  readonly retryMessage: string | null;
  readonly retryAttempts: number;
  /** Not before; null for at once. */
  readonly retryAt_us: number | null;
  /** From 0 to 1 while it runs. */
  readonly progress: number;
  readonly isRunning: boolean;
  readonly isCanceled: boolean;
  /** Why it came to nothing. */
  readonly failure: string | null;
  /** The manager's progress module knows of it. */
  readonly isPosted: boolean;
}

/** By their key in `rbd_task`. */
const TASKS = tableName<RbdTask>('mgr/rbd-tasks');
/** Those that were done: asked for again, they are not done again. */
const DONE = tableName<RbdTask>('mgr/rbd-tasks-done');
const NUMBERS = tableName<number>('mgr/rbd-task-numbers');
const KEPT = 50;
const RETRY_US = 30_000_000;
const MAX_RETRY_US = 300_000_000;

function taskTable(records: RecordStore): Table<RbdTask> {
  return records.table(TASKS);
}

/** Its key in the omap of `rbd_task`. */
export function taskKey({ sequence }: Pick<RbdTask, 'sequence'>): string {
  return sequence.toString(16).toUpperCase().padStart(16, '0');
}

/** Those that wait or run, in the order in which they were asked for. */
export function rbdTasks(records: RecordStore): RbdTask[] {
  return [...taskTable(records).values()].sort((a, b) => a.sequence - b.sequence);
}

export function rbdTaskOfId(records: RecordStore, id: string): RbdTask | undefined {
  return rbdTasks(records).find((task) => task.id === id);
}

/** A task of these refs that waits, runs or was done. @ceph src/pybind/mgr/rbd_support/task.py find_task — exact */
export function findRbdTask(records: RecordStore, refs: RbdTaskRefs): RbdTask | undefined {
  const isOf = (task: RbdTask) => isSame(task.refs, refs);
  const byId = rbdTasks(records).sort((a, b) => (a.id < b.id ? 1 : -1));
  const done = [...records.table(DONE).values()].sort((a, b) => b.sequence - a.sequence);
  return byId.find(isOf) ?? done.find(isOf);
}

/** One that knows no image id means any. */
function isSame(known: RbdTaskRefs, asked: RbdTaskRefs): boolean {
  return (
    known.action === asked.action &&
    known.pool === asked.pool &&
    known.nspace === asked.nspace &&
    known.imageName === asked.imageName &&
    (asked.imageId === undefined || known.imageId === asked.imageId)
  );
}

/** A task that is to be done; the queue takes it once it lies in `rbd_task`. */
export function newRbdTask(records: RecordStore, id: string, message: string, refs: RbdTaskRefs): RbdTask {
  const sequence = (records.table(NUMBERS).get('sequence') ?? 0) + 1;
  records.table(NUMBERS).set('sequence', sequence);
  const retry = { retryMessage: null, retryAttempts: 0, retryAt_us: null };
  const state = { progress: 0, isRunning: false, isCanceled: false, failure: null, isPosted: false };
  return { sequence, id, message, refs, ...retry, ...state };
}

export function putRbdTask(records: RecordStore, task: RbdTask): void {
  taskTable(records).set(taskKey(task), task);
}

/** Changes a task that is still there. */
export function changeRbdTask(records: RecordStore, key: string, change: Partial<RbdTask>): void {
  const task = taskTable(records).get(key);
  if (task !== undefined) taskTable(records).set(key, { ...task, ...change });
}

export function rbdTaskOfKey(records: RecordStore, key: string): RbdTask | undefined {
  return taskTable(records).get(key);
}

/** What a manager that begins anew finds in `rbd_task`: no task runs, and none was tried. @ceph task.py init_task_queue — exact */
export function reloadRbdTasks(records: RecordStore): void {
  const fresh = { retryMessage: null, retryAttempts: 0, retryAt_us: null, progress: 0, isRunning: false };
  for (const task of rbdTasks(records)) putRbdTask(records, { ...task, ...fresh });
  for (const key of [...records.table(DONE).keys()]) records.table(DONE).delete(key);
}

/** One that was done, and neither failed nor was canceled, is remembered. @ceph task.py remove_task — exact */
export function forgetRbdTask(records: RecordStore, key: string, now_us: number): void {
  const task = taskTable(records).get(key);
  if (task === undefined) return;
  taskTable(records).delete(key);
  if (task.failure !== null) return;
  const done = records.table(DONE);
  done.set(key, tried({ ...task, isRunning: false }, now_us));
  for (const old of [...done.keys()].sort().slice(0, -KEPT)) done.delete(old);
}

/** A task after it was tried: it rests for longer each time. @ceph task.py execute_task — exact */
export function tried(task: RbdTask, now_us: number): RbdTask {
  const retryAttempts = task.retryAttempts + 1;
  const retryAt_us = now_us + Math.min(RETRY_US * retryAttempts, MAX_RETRY_US);
  return { ...task, isRunning: false, retryAttempts, retryAt_us };
}

/** A task as JSON shows it. @ceph task.py Task.to_dict — exact */
export function rbdTaskMembers(task: RbdTask): PythonMembers {
  const { sequence, id, message, retryMessage, retryAttempts, retryAt_us } = task;
  return members({
    sequence,
    id,
    message,
    refs: new Map(rbdTaskRefs(task)),
    ...(retryMessage === null ? {} : { retry_message: retryMessage }),
    ...(retryAttempts === 0 ? {} : { retry_attempts: retryAttempts }),
    ...(retryAt_us === null ? {} : { retry_time: pythonTime(retryAt_us) }),
    ...(task.isRunning ? { in_progress: true, progress: { float: task.progress } } : {}),
    ...(task.isCanceled ? { canceled: true } : {}),
  });
}

/** As `datetime.isoformat()`: microseconds only where there are any. */
function pythonTime(at_us: number): string {
  return showTime(at_us).slice(0, 26).replace('.000000', '');
}

export function rbdTaskJson(task: RbdTask): string {
  return pythonJson(rbdTaskMembers(task));
}

function rbdTaskRefs({ refs }: RbdTask): [name: string, value: string][] {
  const { action, pool, nspace, imageName, imageId } = refs;
  return [
    ['action', action],
    ['pool_name', pool],
    ['pool_namespace', nspace],
    ...(imageName === undefined ? [] : [['image_name', imageName] satisfies [string, string]]),
    ...(imageId === undefined ? [] : [['image_id', imageId] satisfies [string, string]]),
  ];
}

/** Tells the progress module how far a task is. */
export function postRbdTask(records: RecordStore, key: string, progress: number, now_us: number): void {
  const task = taskTable(records).get(key);
  if (task === undefined) return;
  const refs = new Map([['origin', 'rbd_support'], ...rbdTaskRefs(task)] satisfies [string, string][]);
  updateProgress(records, { id: task.id, message: task.message, refs, progress }, now_us);
  changeRbdTask(records, key, { isPosted: true });
}

/** @ceph task.py complete_progress — exact */
export function endRbdTaskProgress(records: RecordStore, key: string, now_us: number): void {
  if (taskTable(records).get(key)?.isPosted === false) postRbdTask(records, key, 0, now_us);
  const task = taskTable(records).get(key);
  if (task !== undefined) endProgress(records, task.id, task.failure, now_us);
}
