import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { usedPool } from '../../../../engine/cluster/stats/used-pool.ts';
import { logError } from '../../../../engine/librados/error-log.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { purgeTrash } from '../../../../engine/librbd/operation/trash.ts';
import { chooseToFree, type PoolRoom } from '../../../../engine/librbd/operation/trash-threshold.ts';
import type { OnProgress } from '../../../../engine/librbd/progress.ts';
import { clusterStats, poolUsedRatio } from '../../../../engine/mon/stats.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { dateOption } from '../date-text.ts';
import { IN_POOL, NO_PROGRESS_OPTION, POOL_SPEC } from '../options.ts';
import { withProgress } from '../progress.ts';
import { RbdError } from '../rbd-error.ts';

export const trashPurge = rbdCommand(
  {
    words: ['trash', 'purge'],
    summary: 'Remove all images in the trash whose time has come.',
    positionals: [POOL_SPEC],
    options: [
      ...IN_POOL,
      NO_PROGRESS_OPTION,
      { long: 'expired-before', type: 'string', valueName: 'date', summary: 'Those whose time comes before this date' },
      { long: 'threshold', type: 'float', summary: 'Until the pool is filled only so far (0.0 to 1.0)' },
    ],
  },
  function* (run) {
    const io = yield* run.openPoolSpec();
    const now_us = io.rados.now_us();
    const threshold = thresholdOption(run);
    const before = optionValue(run.args, 'expired-before');
    const before_us = before === undefined || threshold !== null ? now_us : yield* dateOption(run, before, now_us);
    try {
      yield* withProgress(run.process, 'Removing images', run.silent, (onProgress) =>
        purge(run, io, before_us, threshold, onProgress),
      );
    } catch (error) {
      const inTheWay = error instanceof CephError && IN_THE_WAY.has(error.errno);
      throw error instanceof CephError ? new RbdError(inTheWay ? LEFT : '', error.errno) : error;
    }
  },
);

const IN_THE_WAY: ReadonlySet<number> = new Set([ERRNO.ENOTEMPTY, ERRNO.EBUSY, ERRNO.EMLINK]);
const LEFT =
  'some expired images could not be removed\nEnsure that they are closed/unmapped, do not have snapshots (including trashed snapshots with linked clones), are not in a group and were moved to the trash successfully.';

function thresholdOption({ args }: RbdRun): number | null {
  const text = optionValue(args, 'threshold');
  if (text === undefined) return null;
  if (!/^-?\d*\.?\d+$/.test(text)) {
    throw new RbdError(`the argument ('${text}') for option '--threshold' is invalid`, 1);
  }
  // The tool keeps it as a float of 32 bits, and -1 stands for none.
  const threshold = Math.fround(Number(text));
  return threshold === -1 ? null : threshold;
}

function* purge(
  run: RbdRun,
  io: IoCtx,
  before_us: number,
  threshold: number | null,
  onProgress: OnProgress,
): Task<void> {
  if (threshold === null) return yield* purgeTrash(io, before_us, onProgress);
  if (threshold < 0 || threshold > 1) {
    logError(io.rados, 'librbd::api::Trash', "purge: argument 'threshold' is out of valid range");
    throw new RbdError('', ERRNO.EINVAL);
  }
  yield* purgeTrash(io, before_us, onProgress, (entries) => chooseToFree(io, entries, threshold, poolRooms(run)));
}

/** What `ceph df` says of pools. */
function poolRooms({ process: { cluster } }: RbdRun): PoolRoom[] {
  return clusterStats(cluster.monitor.map(), cluster.stats).pools.map((stat) => {
    const { pool, usedBytes, maxAvailBytes } = usedPool(cluster, stat);
    return { pool: pool.id, usedRatio: poolUsedRatio({ ...stat, usedBytes }), usedBytes, maxAvailBytes };
  });
}
