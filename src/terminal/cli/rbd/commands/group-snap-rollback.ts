import { rollbackGroupSnap } from '../../../../engine/librbd/operation/group-snap-rollback.ts';
import { rbdCommand } from '../command.ts';
import { openGroup } from '../group-spec.ts';
import { FOR_GROUP_SNAP, GROUP_SNAP_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const groupSnapRollback = rbdCommand(
  {
    words: ['group', 'snap', 'rollback'],
    summary: 'Bring all images of a group back to a snapshot.',
    positionals: [GROUP_SNAP_SPEC],
    options: [NO_PROGRESS_OPTION, ...FOR_GROUP_SNAP],
  },
  function* (run) {
    const { io, group, snap } = yield* openGroup(run, 'required');
    yield* orFail(
      'rollback group to snapshot failed',
      withProgress(run.process, 'Rolling back to group snapshot', run.silent, (onProgress) =>
        rollbackGroupSnap(io, group, snap, onProgress),
      ),
    );
  },
);
