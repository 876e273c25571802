import { ERRNO } from '../../../../engine/base/errno.ts';
import { removeNamespace } from '../../../../engine/librbd/operation/namespace.ts';
import { rbdCommand } from '../command.ts';
import { namespaceSpec } from '../namespace-spec.ts';
import { openPool } from '../open.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';
import { orSay } from '../rbd-error.ts';

export const namespaceRemove = rbdCommand(
  {
    words: ['namespace', 'remove'],
    aliases: [['namespace', 'rm']],
    summary: 'Remove a namespace that has no images.',
    positionals: [POOL_SPEC],
    options: IN_POOL,
  },
  function* (run) {
    const { pool, nspace } = namespaceSpec(run);
    const io = yield* openPool(run.rados, pool);
    const special = {
      [ERRNO.EBUSY]: 'namespace contains images which must be deleted first.',
      [ERRNO.ENOENT]: 'namespace does not exist.',
    };
    yield* orSay('failed to remove namespace', special, removeNamespace(io, nspace));
  },
);
