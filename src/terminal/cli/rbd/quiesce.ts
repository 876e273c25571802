import { ERRNO } from '../../../engine/base/errno.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

/** No client here has a file system to be quiet: nobody is asked. @ceph src/tools/rbd/Utils.cc get_snap_create_flags — exact in what it refuses */
export function checkQuiesce(run: RbdRun): void {
  const [skips, ignores] = [run.has('skip-quiesce'), run.has('ignore-quiesce-error')];
  if (skips && ignores)
    throw new RbdError('ignore-quiesce-error cannot be used together with skip-quiesce', ERRNO.EINVAL);
}
