import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import { sortedPythonJson } from '../../../../engine/base/python-json.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { rbdErrorText } from '../../../../engine/cluster/rbd-support/rbd-error-text.ts';
import { cancelRbdTask, queueRbdTask } from '../../../../engine/cluster/rbd-support/task-queue.ts';
import type { Rados } from '../../../../engine/librados/rados.ts';
import {
  type RbdTaskAction,
  rbdTaskJson,
  rbdTaskMembers,
  rbdTaskOfId,
  rbdTasks,
} from '../../../../engine/mon/rbd-tasks.ts';
import { argText, type CephCall, type CephCommand, cephCommand, requiredText } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { moduleAnswer } from './module-answer.ts';

const MIGRATION_SHUT = rbdErrorText(ERRNO.EBLOCKLISTED, 'error getting migration status');

/** What a command says where the module's client was shut down; the others name what failed. */
const SHUT_TEXTS: Readonly<Partial<Record<RbdTaskAction, string>>> = {
  'migrate execute': MIGRATION_SHUT,
  'migrate commit': MIGRATION_SHUT,
  'migrate abort': MIGRATION_SHUT,
};

/** A command that hands work to the manager. */
function addCommand(words: string, action: RbdTaskAction, summary: string, spec = 'image_spec'): CephCommand {
  return cephCommand({
    words: `rbd task add ${words}`,
    summary,
    description:
      'The manager does it in the background, one task after the other; `ceph rbd task list` tells how far it is.',
    signature: [{ ...text(spec), completes: spec === 'image_spec' ? 'image-spec' : 'image-id' }],
    answer: (call) =>
      moduleAnswer(call, (rados) => add(call, rados, action, requiredText(call.args, spec)), SHUT_TEXTS[action]),
  });
}

function* add({ cluster }: CephCall, rados: Rados, action: RbdTaskAction, spec: string): Task<string> {
  const task = yield* queueRbdTask(cluster.records, rados, action, spec);
  cluster.startClientModules();
  return rbdTaskJson(task);
}

const taskList = cephCommand({
  words: 'rbd task list',
  summary: 'what the manager has to do, or does, on images',
  signature: [optional(text('task_id'))],
  answer: (call) => moduleAnswer(call, () => list(call, argText(call.args, 'task_id') ?? '')),
});

function* list({ cluster }: CephCall, id: string): Task<string> {
  if (id === '') return sortedPythonJson(rbdTasks(cluster.records).map(rbdTaskMembers));
  const task = rbdTaskOfId(cluster.records, id);
  if (task === undefined) throw new CephError('ENOENT', `No such task ${id}`);
  return sortedPythonJson(rbdTaskMembers(task));
}

const taskCancel = cephCommand({
  words: 'rbd task cancel',
  summary: 'give up a task that waits, or runs',
  signature: [text('task_id')],
  answer: (call) => moduleAnswer(call, (rados) => cancel(call, rados, requiredText(call.args, 'task_id'))),
});

function* cancel({ cluster }: CephCall, rados: Rados, id: string): Task<string> {
  yield* cancelRbdTask(cluster.records, rados, id);
  return '';
}

/** In the order of the real tool's list. */
export const rbdTaskCommands: readonly CephCommand[] = [
  addCommand('flatten', 'flatten', 'let the manager flatten a clone'),
  addCommand('remove', 'remove', 'let the manager remove an image'),
  addCommand('trash remove', 'trash remove', 'let the manager remove an image from the trash', 'image_id_spec'),
  addCommand('migration execute', 'migrate execute', 'let the manager copy what a migration has not copied yet'),
  addCommand('migration commit', 'migrate commit', 'let the manager end a migration'),
  addCommand('migration abort', 'migrate abort', 'let the manager give a migration up'),
  taskCancel,
  taskList,
];
