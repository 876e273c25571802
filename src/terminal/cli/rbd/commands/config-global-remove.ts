import { removeConfig } from '../../../../engine/mon/config/change.ts';
import { rbdCommand } from '../command.ts';
import { CONFIG_ENTITY, CONFIG_KEY, configKeyOf, entityOf } from '../config-key.ts';
import { RbdError } from '../rbd-error.ts';

export const configGlobalRemove = rbdCommand(
  {
    words: ['config', 'global', 'remove'],
    aliases: [['config', 'global', 'rm']],
    summary: 'Take back what was set for all clients.',
    positionals: [CONFIG_ENTITY, CONFIG_KEY],
    options: [],
  },
  function* (run) {
    const entity = entityOf(run);
    const key = configKeyOf(run);
    const { code, text } = removeConfig(run.process.cluster.monitor, entity, key);
    if (code !== 0) throw new RbdError(`error removing ${key}: ${text}`, code);
  },
);
