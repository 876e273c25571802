import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { FEATURE } from '../../../engine/codec/rbd-types.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { type OptionRecord, optionValue, type PositionalRecord } from '../command.ts';
import type { RbdRun } from './command.ts';
import { extractSpec } from './image-spec.ts';
import { onImage } from './open.ts';
import { DEST, FOR_IMAGE } from './options.ts';
import { RbdError } from './rbd-error.ts';

export const JOURNAL_SPEC: PositionalRecord = {
  name: 'journal-spec',
  type: 'image-spec',
  summary: '[pool/[namespace/]]journal',
  optional: true,
};
export const SOURCE_JOURNAL_SPEC: PositionalRecord = { ...JOURNAL_SPEC, name: 'source-journal-spec' };
export const DEST_JOURNAL_SPEC: PositionalRecord = { ...JOURNAL_SPEC, name: 'dest-journal-spec' };
export const FOR_JOURNAL: readonly OptionRecord[] = [
  ...FOR_IMAGE,
  { long: 'journal', type: 'string', summary: 'Name of the journal: the id of its image' },
];
export const FOR_DEST_JOURNAL: readonly OptionRecord[] = [
  ...DEST,
  { long: 'dest-journal', type: 'string', summary: 'Name of the journal: the id of its image' },
];
export const VERBOSE: OptionRecord = { long: 'verbose', summary: 'Each entry' };
export const NO_ERROR: OptionRecord = { long: 'no-error', summary: 'Goes on after an entry that cannot be read' };

/** A journal by its pool and name. */
export interface NamedJournal {
  readonly io: IoCtx;
  readonly id: string;
}

/**
 * The journal that is meant: named by an option or the next positional, or else that of an image.
 *
 * @ceph src/tools/rbd/action/Journal.cc get_pool_journal_names — exact
 */
export function* openedJournal(run: RbdRun, dest = false): Task<NamedJournal> {
  const option = (name: string) => optionValue(run.args, name) ?? '';
  const prefix = dest ? 'dest-' : '';
  const named = option(`${prefix}journal`) || (run.specs.nextPositional() ?? '');
  const image = option(dest ? 'dest' : 'image');
  if (named === '' && image === '') {
    throw new RbdError(`${dest ? 'destination ' : ''}journal was not specified`, ERRNO.EINVAL);
  }
  const spec = extractSpec(named || image, named === '' ? 'none' : 'full');
  if (spec.snap !== '') throw new RbdError("snapshot name specified for a command that doesn't use it", ERRNO.EINVAL);
  const pool = spec.pool || option(`${prefix}pool`);
  const nspace = spec.nspace || option(`${prefix}namespace`);
  if (named === '') return yield* journalOfImage(run, { pool, nspace, image: spec.image });
  return { io: yield* run.open({ pool, nspace }), id: spec.image };
}

function* journalOfImage(
  run: RbdRun,
  { pool, nspace, image: name }: { readonly pool: string; readonly nspace: string; readonly image: string },
): Task<NamedJournal> {
  const io = yield* run.open({ pool, nspace });
  try {
    const id = yield* onImage(io, { name }, { readOnly: true, skipParent: true }, function* (image) {
      if (image.has(FEATURE.JOURNALING)) return image.id;
      yield* run.complain(`rbd: journaling is not enabled for image ${name}\n`);
      return null;
    });
    if (id === null) throw new RbdError('', ERRNO.EINVAL);
    return { io, id };
  } catch (error) {
    if (!(error instanceof RbdError) || error.message === '') throw error;
    const reason = `failed to open image ${name} to get journal name: ${cppStrerror(error.exitCode)}`;
    throw new RbdError(`${error.message}\nrbd: ${reason}`, error.exitCode, '');
  }
}

/** Runs a task; what Ceph answers with an errno is told in two lines: what failed, and in which command. */
export function* orFailIn<T>(command: string, words: (error: CephError) => string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const what = `rbd: journal ${command}: ${cppStrerror(error.errno)}`;
    throw new RbdError(`${words(error)}\n${what}`, error.errno, '');
  }
}
