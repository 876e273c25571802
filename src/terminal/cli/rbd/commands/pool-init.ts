import { CephError, cppStrerror } from '../../../../engine/base/errno.ts';
import { initPool } from '../../../../engine/librbd/operation/pool-init.ts';
import { rbdCommand } from '../command.ts';
import { POOL, POOL_SPEC } from '../options.ts';

export const poolInit = rbdCommand(
  {
    words: ['pool', 'init'],
    summary: 'Prepare a pool for images.',
    positionals: [{ ...POOL_SPEC, name: 'pool-name', summary: 'The pool' }],
    options: [POOL, { long: 'force', summary: 'Even where the pool has another application' }],
  },
  function* (run) {
    const io = yield* run.openPoolSpec({ nspace: false });
    try {
      yield* initPool(io, run.has('force'));
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      // The real tool says what is wrong, and ends well all the same.
      const reason = error.is('EPERM')
        ? 'pool already registered to a different application.'
        : `error registered application: ${cppStrerror(error.errno)}`;
      yield* run.complain(`rbd: ${reason}\n`);
    }
  },
);
