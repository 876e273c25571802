import { CephError } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { doAsSupport } from '../../../../engine/cluster/rbd-support/module-client.ts';
import type { Rados } from '../../../../engine/librados/rados.ts';
import type { CephAnswer, CephCall } from '../ceph-command.ts';

/** What a command of the manager's module rbd_support answers: its text, or the error in the module's own words. */
export function* moduleAnswer(
  { cluster }: CephCall,
  body: (rados: Rados) => Task<string>,
  shutText?: string,
): Task<CephAnswer> {
  try {
    const output = yield* doAsSupport(cluster.records, cluster.connect(), body, shutText);
    return { output: output === '' ? '' : `${output}\n` };
  } catch (error) {
    if (error instanceof CephError) return { code: error.errno, text: error.context };
    throw error;
  }
}
