import { initPool } from '../../../../engine/librbd/operation/pool-init.ts';
import { rbdCommand } from '../command.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const poolInit = rbdCommand(
  {
    words: ['pool', 'init'],
    summary: 'Prepare a pool for images.',
    positionals: [POOL_SPEC],
    options: [...IN_POOL, { long: 'force', summary: 'Even where the pool has another application' }],
  },
  function* (run) {
    const io = yield* run.openPoolSpec({ nspace: false });
    yield* orFail('error initializing pool', initPool(io));
  },
);
