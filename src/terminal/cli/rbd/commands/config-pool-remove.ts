import { removePoolMetadata } from '../../../../engine/librbd/config.ts';
import { rbdCommand } from '../command.ts';
import { CONF_PREFIX, CONFIG_KEY, CONFIG_POOL, configKeyOf, configPoolOf } from '../config-key.ts';
import { tellPoolConfig } from '../pool-config-time.ts';
import { orFail } from '../rbd-error.ts';

export const configPoolRemove = rbdCommand(
  {
    words: ['config', 'pool', 'remove'],
    aliases: [['config', 'pool', 'rm']],
    summary: 'Take back what was set for a pool.',
    positionals: [CONFIG_POOL, CONFIG_KEY],
    options: [],
  },
  function* (run) {
    const pool = configPoolOf(run);
    const key = configKeyOf(run);
    const io = yield* run.open(pool);
    yield* orFail(`failed to remove ${key}`, removePoolMetadata(io, CONF_PREFIX + key));
    tellPoolConfig(run);
  },
);
