import { ERRNO } from '../../../engine/base/errno.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

/** A namespace that must be said. */
export function namespaceSpec(run: RbdRun): { readonly pool: string; readonly nspace: string } {
  const spec = run.specs.pool({ validate: true });
  if (spec.nspace === '') throw new RbdError('namespace name was not specified', ERRNO.EINVAL);
  return spec;
}
