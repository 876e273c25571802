import { getPoolMetadata } from '../../../../engine/librbd/config.ts';
import { rbdCommand } from '../command.ts';
import { CONF_PREFIX, CONFIG_KEY, CONFIG_POOL, configKeyOf, configPoolOf, notSet } from '../config-key.ts';
import { orSay } from '../rbd-error.ts';

export const configPoolGet = rbdCommand(
  {
    words: ['config', 'pool', 'get'],
    summary: 'Tell what an option is set to for a pool.',
    positionals: [CONFIG_POOL, CONFIG_KEY],
    options: [],
  },
  function* (run) {
    const pool = configPoolOf(run);
    const key = configKeyOf(run);
    const io = yield* run.open(pool);
    const value = yield* orSay(`failed to get ${key}`, notSet(key), getPoolMetadata(io, CONF_PREFIX + key));
    yield* run.print(`${value}\n`);
  },
);
