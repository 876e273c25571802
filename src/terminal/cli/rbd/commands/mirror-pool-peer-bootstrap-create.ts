import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { mirroredPool, POOL_NAME, SITE_NAME } from '../mirror-options.ts';
import { setSiteName } from '../mirror-site.ts';
import { makeToken } from '../mirror-token.ts';
import { POOL } from '../options.ts';

export const mirrorPoolPeerBootstrapCreate = rbdCommand(
  {
    words: ['mirror', 'pool', 'peer', 'bootstrap', 'create'],
    summary: 'Make a token for the other cluster.',
    description: 'It says where this cluster is, and has the key of a client that may mirror from it.',
    positionals: [POOL_NAME],
    options: [POOL, SITE_NAME],
  },
  function* (run) {
    yield* mirroredPool(run, { validate: true, nspace: false });
    const name = optionValue(run.args, 'site-name');
    if (name !== undefined) setSiteName(run, name);
    yield* run.print(`${makeToken(run)}\n`);
  },
);
