import { createNamespace } from '../../../../engine/librbd/operation/namespace.ts';
import { rbdCommand } from '../command.ts';
import { namespaceSpec } from '../namespace-spec.ts';
import { openPool } from '../open.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const namespaceCreate = rbdCommand(
  {
    words: ['namespace', 'create'],
    summary: 'Make a namespace: images of their own within a pool.',
    positionals: [POOL_SPEC],
    options: IN_POOL,
  },
  function* (run) {
    const { pool, nspace } = namespaceSpec(run);
    const io = yield* openPool(run.rados, pool);
    yield* orFail('failed to created namespace', createNamespace(io, nspace));
  },
);
