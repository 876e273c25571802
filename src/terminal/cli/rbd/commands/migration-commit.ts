import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { commitMigration } from '../../../../engine/librbd/migration/commit.ts';
import { findMigration } from '../../../../engine/librbd/migration/open-images.ts';
import { withImage } from '../../../../engine/librbd/open.ts';
import { type ChildImage, listChildren } from '../../../../engine/librbd/operation/children.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const migrationCommit = rbdCommand(
  {
    words: ['migration', 'commit'],
    summary: 'End a migration: the old image goes.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, NO_PROGRESS_OPTION, { long: 'force', summary: 'Also of an image that has clones' }],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    yield* checkDescendants(run, yield* descendants(io, spec.image));
    yield* orFail(
      'committing migration failed',
      withProgress(run.process, 'Commit image migration', run.silent, (tell) => commitMigration(io, spec.image, tell)),
    );
  },
);

function* descendants(io: IoCtx, name: string): Task<ChildImage[]> {
  try {
    const { dest } = yield* findMigration(io, name);
    if (dest === null) return [];
    const options = { readOnly: true, skipParent: true };
    return yield* withImage(dest.io, { id: dest.id }, options, (image) => listChildren(image, true));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(`getting migration status failed: ${cppStrerror(error.errno)}`, error.errno);
  }
}

/** @ceph src/tools/rbd/action/Migration.cc do_migration_commit — exact */
function* checkDescendants(run: RbdRun, children: readonly ChildImage[]): Task<void> {
  if (children.length === 0) return;
  const lines = children.map(({ poolName, nspace, imageName, imageId, trash }) => {
    const spec = `${poolName}/${nspace === '' ? '' : `${nspace}/`}${imageName}`;
    return `  ${spec}${trash ? ` (trash ${imageId})` : ''}\n`;
  });
  const title = `rbd: the image has ${children.length === 1 ? 'a descendant' : 'descendants'}: \n`;
  const warning = 'Warning: in-use, read-only descendant images will not detect the parent update.\n';
  yield* run.complain(title + lines.join('') + warning);
  if (run.has('force')) {
    yield* run.complain('Proceeding anyway due to force flag set.\n');
    return;
  }
  throw new RbdError(
    'Ensure no descendant images are opened read-only and run again with force flag.',
    ERRNO.EBUSY,
    '',
  );
}
