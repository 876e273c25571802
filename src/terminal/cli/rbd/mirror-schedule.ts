import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { addMirrorSchedule } from '../../../engine/cluster/rbd-support/mirror-schedules.ts';
import { doAsSupport } from '../../../engine/cluster/rbd-support/module-client.ts';
import type { Rados } from '../../../engine/librados/rados.ts';
import { type MirrorScheduleLevel, parseMirrorLevel } from '../../../engine/librbd/mirror/schedule-level.ts';
import { optionValue } from '../command.ts';
import type { RbdRun } from './command.ts';
import { extractSpec } from './image-spec.ts';
import { RbdError } from './rbd-error.ts';

/** The level that the options name, as the manager reads it. @ceph src/tools/rbd/Schedule.cc get_level_spec_args — exact */
function levelSpec(run: RbdRun): string {
  const level = typedLevel(run);
  return level.startsWith('/') ? run.defaultPool + level : level;
}

function typedLevel(run: RbdRun): string {
  const pool = optionValue(run.args, 'pool');
  const nspace = optionValue(run.args, 'namespace');
  const image = optionValue(run.args, 'image');
  if (image !== undefined) return imageLevel(image, pool, nspace);
  if (nspace !== undefined) return `${pool ?? ''}/${nspace}/`;
  return pool === undefined ? '' : `${pool}/`;
}

function imageLevel(image: string, pool: string | undefined, nspace: string | undefined): string {
  const spec = extractSpec(image, 'full');
  if (spec.pool !== '' && pool !== undefined) refuse('pool is specified both via pool and image options');
  if (spec.pool !== '' && nspace !== undefined) refuse('namespace is specified both via namespace and image options');
  const inside = nspace ?? spec.nspace;
  return `${pool ?? spec.pool}/${inside === '' ? '' : `${inside}/`}${spec.image}`;
}

function refuse(words: string): never {
  throw new RbdError(words, ERRNO.EINVAL);
}

/** Runs what the manager does for `rbd mirror snapshot schedule WHAT`, and words its refusals. */
function* asManager<T>(run: RbdRun, what: string, body: (rados: Rados) => Task<T>): Task<T> {
  try {
    return yield* doAsSupport(run.process.cluster.records, run.rados, body);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = error.context === '' ? '' : `: ${error.context}`;
    throw new RbdError(
      `rbd mirror snapshot schedule ${what} failed: ${cppStrerror(error.errno)}${reason}`,
      error.errno,
    );
  }
}

export function* levelOf(run: RbdRun, what: string): Task<MirrorScheduleLevel> {
  return yield* asManager(run, what, (rados) => parseMirrorLevel(rados, levelSpec(run)));
}

/** Has the manager change the schedule of the level that the options name. */
export function* changeMirrorSchedule(run: RbdRun, what: string, change: typeof addMirrorSchedule): Task<void> {
  const [interval = '', startTime = ''] = run.specs.rest();
  const { cluster } = run.process;
  const times = { interval, startTime };
  yield* asManager(run, what, (rados) => change(cluster.records, rados, levelSpec(run), times));
  cluster.startClientModules();
}
