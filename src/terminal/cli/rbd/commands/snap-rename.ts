import { ERRNO } from '../../../../engine/base/errno.ts';
import { renameSnap } from '../../../../engine/librbd/operation/snap-rename.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { DEST, FOR_SNAP, SNAP_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const snapRename = rbdCommand(
  {
    words: ['snap', 'rename'],
    summary: 'Give a snapshot another name.',
    positionals: [
      { ...SNAP_SPEC, name: 'source-snap-spec' },
      { ...SNAP_SPEC, name: 'dest-snap-spec' },
    ],
    options: [...FOR_SNAP, ...DEST, { long: 'dest-snap', type: 'string', summary: 'New name of the snapshot' }],
  },
  function* (run) {
    const from = run.specs.image({ snap: 'required' });
    const to = run.specs.image({ dest: true, snap: 'required', validation: 'snap' });
    if (to.pool !== '' && from.pool !== to.pool)
      throw new RbdError('source and destination pool must be the same', ERRNO.EINVAL);
    if (from.nspace !== to.nspace)
      throw new RbdError('source and destination namespace must be the same', ERRNO.EINVAL);
    if (from.image !== to.image) throw new RbdError('source and destination image name must be the same', ERRNO.EINVAL);
    const io = yield* run.open(from);
    yield* onImage(io, { name: from.image }, {}, (image) =>
      orFail('renaming snap failed', renameSnap(image, from.snap, to.snap)),
    );
  },
);
