import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import { prepareMigration } from '../../../../engine/librbd/migration/prepare.ts';
import { importMigration } from '../../../../engine/librbd/migration/prepare-import.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { checkFormat1, createOptions } from '../create-options.ts';
import type { ImageSpec } from '../image-spec.ts';
import { CREATE, DEST, FOR_SNAP, FROM_IMAGE_OR_SNAP, TO_IMAGE } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';
import { readSourceSpec } from '../source-spec.ts';

export const migrationPrepare = rbdCommand(
  {
    words: ['migration', 'prepare'],
    summary: 'Begin to move an image while it is in use.',
    description: 'The new image is there at once: what it does not hold yet it reads from the old one.',
    positionals: [FROM_IMAGE_OR_SNAP, TO_IMAGE],
    options: [
      { long: 'import-only', summary: 'The source stays as it is: a snapshot, or a file' },
      { long: 'source-spec-path', type: 'file', summary: 'File that says in JSON what the source is, - for stdin' },
      { long: 'source-spec', type: 'string', summary: 'The same, right here' },
      ...FOR_SNAP,
      ...DEST,
      ...CREATE.filter(({ long }) => long !== 'thick-provision'),
      { long: 'flatten', summary: "Copies the parent's data too, and drops the link" },
    ],
  },
  function* (run) {
    if (run.has('import-only')) yield* prepareImport(run);
    else yield* prepareMove(run);
  },
);

function* prepareMove(run: RbdRun) {
  const from = run.specs.image({});
  if (optionValue(run.args, 'source-spec') !== undefined || optionValue(run.args, 'source-spec-path') !== undefined) {
    throw new RbdError('--import-only must be used in combination with source-spec/source-spec-path', ERRNO.EINVAL);
  }
  const to = destinationOf(run);
  const io = yield* run.open(from);
  const destIo = yield* run.open(to);
  const options = { ...createOptions(run), ...(run.has('flatten') ? { flatten: true } : {}) };
  yield* refuseFormat1(run, 'preparing migration failed');
  yield* orFail(
    'preparing migration failed',
    prepareMigration(io, from.image, destIo, to.image || from.image, options),
  );
}

/** An image that others are migrated into is never of format 1. */
function* refuseFormat1(run: RbdRun, what: string) {
  yield* checkFormat1(run);
  if (optionValue(run.args, 'image-format') === '1')
    throw new RbdError(`${what}: ${cppStrerror(ERRNO.EINVAL)}`, ERRNO.EINVAL);
}

function* prepareImport(run: RbdRun) {
  const typed = yield* readSourceSpec(run);
  const from = typed === null ? run.specs.image({ snap: 'required' }) : null;
  const to = destinationOf(run);
  if (to.image === '') throw new RbdError('image name was not specified', ERRNO.EINVAL);
  const options = createOptions(run);
  yield* refuseFormat1(run, 'preparing import migration failed');
  const source = from === null ? (typed ?? '') : nativeSpec((yield* run.open(from)).poolId, from);
  const destIo = yield* run.open(to);
  try {
    yield* importMigration(source, destIo, to.image, options);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(`preparing import migration failed: ${cppStrerror(error.errno)}`, error.errno);
  }
}

function nativeSpec(pool: number, { nspace, image, snap }: ReturnType<RbdRun['specs']['image']>): string {
  return JSON.stringify({ image_name: image, pool_id: pool, pool_namespace: nspace, snap_name: snap, type: 'native' });
}

function destinationOf(run: RbdRun): ImageSpec {
  const to = run.specs.image({ dest: true, snap: 'permitted', validation: 'full', imageRequired: false });
  if (to.snap !== '') throw new RbdError("snapshot name specified for a command that doesn't use it", ERRNO.EINVAL);
  return to;
}
