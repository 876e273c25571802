import { CephError } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { CephAnswer } from '../ceph-command.ts';

/** What a command of the manager's module rbd_support answers: its text, or the error in the module's own words. */
export function* moduleAnswer(task: Task<string>): Task<CephAnswer> {
  try {
    const output = yield* task;
    return { output: output === '' ? '' : `${output}\n` };
  } catch (error) {
    if (error instanceof CephError) return { code: error.errno, text: error.context };
    throw error;
  }
}
