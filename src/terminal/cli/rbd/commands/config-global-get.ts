import { ERRNO } from '../../../../engine/base/errno.ts';
import { rbdCommand } from '../command.ts';
import { globalRows } from '../config-global.ts';
import { CONFIG_ENTITY, CONFIG_KEY, configKeyOf, entityOf } from '../config-key.ts';
import { RbdError } from '../rbd-error.ts';

export const configGlobalGet = rbdCommand(
  {
    words: ['config', 'global', 'get'],
    summary: 'Tell what an option is set to for all clients.',
    positionals: [CONFIG_ENTITY, CONFIG_KEY],
    options: [],
  },
  function* (run) {
    const entity = entityOf(run);
    const key = configKeyOf(run);
    const row = globalRows(run, entity).find(({ name, section }) => name === key && section === entity);
    if (row === undefined) throw new RbdError(`${key} is not set`, ERRNO.ENOENT);
    yield* run.print(`${row.value}\n`);
  },
);
