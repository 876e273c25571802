import { ERRNO } from '../../../../engine/base/errno.ts';
import { renameGroup } from '../../../../engine/librbd/operation/group-rename.ts';
import { rbdCommand } from '../command.ts';
import { DEST, FOR_GROUP, GROUP_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const groupRename = rbdCommand(
  {
    words: ['group', 'rename'],
    summary: 'Give a group another name.',
    positionals: [
      { ...GROUP_SPEC, name: 'source-group-spec' },
      { ...GROUP_SPEC, name: 'dest-group-spec' },
    ],
    options: [
      ...FOR_GROUP,
      ...DEST.slice(0, 2),
      { long: 'dest-group', type: 'string', summary: 'New name of the group' },
    ],
  },
  function* (run) {
    const from = run.specs.group();
    const to = run.specs.group({ dest: true });
    if (from.pool !== to.pool) refuse('pool', from.pool, to.pool);
    if (from.nspace !== to.nspace) refuse('namespace', from.nspace, to.nspace);
    const io = yield* run.open(from);
    yield* orFail('failed to rename group', renameGroup(io, from.image, to.image));
  },
);

function refuse(what: string, from: string, to: string): never {
  const places = `source ${what}: ${from}, dest ${what}: ${to}`;
  throw new RbdError(`group rename across ${what}s not supported\n${places}`, ERRNO.EINVAL);
}
