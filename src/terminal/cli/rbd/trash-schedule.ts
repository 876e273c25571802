import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { doAsSupport } from '../../../engine/cluster/rbd-support/module-client.ts';
import type { addTrashSchedule } from '../../../engine/cluster/rbd-support/trash-schedules.ts';
import type { Rados } from '../../../engine/librados/rados.ts';
import { optionValue, type PositionalRecord } from '../command.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

export const INTERVAL: PositionalRecord = {
  name: 'interval',
  type: 'string',
  summary: 'Such as 30m, 12h or 1d',
  optional: true,
};
export const START_TIME: PositionalRecord = {
  name: 'start-time',
  type: 'string',
  summary: 'From what time of the day on, as 14:00',
  optional: true,
  bracketed: true,
};

/** The level that the options name, as the manager reads it. @ceph src/tools/rbd/Schedule.cc get_level_spec_args — exact */
export function levelSpec(run: RbdRun): string {
  const pool = optionValue(run.args, 'pool');
  const nspace = optionValue(run.args, 'namespace');
  if (pool === undefined && nspace === undefined) return '';
  return `${pool === undefined || pool === '' ? run.defaultPool : pool}/${nspace === undefined ? '' : `${nspace}/`}`;
}

/** Runs what the manager does for `rbd trash purge schedule WHAT`, and words its refusals. */
export function* asManager<T>(run: RbdRun, what: string, body: (rados: Rados) => Task<T>): Task<T> {
  try {
    return yield* doAsSupport(run.process.cluster.records, run.rados, body);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = error.context === '' ? '' : `: ${error.context}`;
    throw new RbdError(`rbd trash purge schedule ${what} failed: ${cppStrerror(error.errno)}${reason}`, error.errno);
  }
}

/** Has the manager change the schedule of the level that the options name. */
export function* changeSchedule(run: RbdRun, what: string, change: typeof addTrashSchedule): Task<void> {
  const [interval = '', startTime = ''] = run.specs.rest();
  const { cluster } = run.process;
  const times = { interval, startTime };
  yield* asManager(run, what, (rados) => change(cluster.records, rados, levelSpec(run), times));
  cluster.startClientModules();
}

/** A schedule in words. */
export function scheduleText(items: readonly { readonly interval: string; readonly start_time: string }[]): string {
  return items
    .map(({ interval, start_time }) => `every ${interval}${start_time === '' ? '' : ` starting at ${start_time}`}`)
    .join(', ');
}

export function missingInterval(): never {
  throw new RbdError("missing 'interval' argument", ERRNO.EINVAL);
}
