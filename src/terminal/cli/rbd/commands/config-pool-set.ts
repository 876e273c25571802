import { setPoolMetadata } from '../../../../engine/librbd/config.ts';
import { rbdCommand } from '../command.ts';
import { CONF_PREFIX, CONFIG_KEY, CONFIG_POOL, CONFIG_VALUE, configKeyOf, configPoolOf } from '../config-key.ts';
import { tellPoolConfig } from '../pool-config-time.ts';
import { orFail } from '../rbd-error.ts';

export const configPoolSet = rbdCommand(
  {
    words: ['config', 'pool', 'set'],
    summary: 'Set an option for the images of a pool.',
    positionals: [CONFIG_POOL, CONFIG_KEY, CONFIG_VALUE],
    options: [],
  },
  function* (run) {
    const pool = configPoolOf(run);
    const key = configKeyOf(run);
    const io = yield* run.open(pool);
    const value = run.specs.nextPositional() ?? '';
    yield* orFail(`failed to set ${key}`, setPoolMetadata(io, CONF_PREFIX + key, value));
    tellPoolConfig(run);
  },
);
