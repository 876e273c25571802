import { setConfig } from '../../../../engine/mon/config/change.ts';
import { rbdCommand } from '../command.ts';
import { CONFIG_ENTITY, CONFIG_KEY, CONFIG_VALUE, configKeyOf, entityOf } from '../config-key.ts';
import { RbdError } from '../rbd-error.ts';

export const configGlobalSet = rbdCommand(
  {
    words: ['config', 'global', 'set'],
    summary: 'Set an option for all clients.',
    positionals: [CONFIG_ENTITY, CONFIG_KEY, CONFIG_VALUE],
    options: [],
  },
  function* (run) {
    const entity = entityOf(run);
    const key = configKeyOf(run);
    const { code, text } = setConfig(run.process.cluster.monitor, entity, key, run.specs.nextPositional() ?? '');
    if (code !== 0) throw new RbdError(`error setting ${key}: ${text}`, code);
  },
);
