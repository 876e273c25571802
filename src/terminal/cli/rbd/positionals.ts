import { ERRNO } from '../../../engine/base/errno.ts';
import { optionValue } from '../command.ts';
import type { RbdRun } from './command.ts';
import { extractSpec } from './image-spec.ts';
import { RbdError } from './rbd-error.ts';

/** The next positional; `what` is named in the error where it is missing. */
export function requirePositional(run: RbdRun, what: string): string {
  const typed = run.specs.nextPositional();
  if (typed === undefined || typed === '') throw new RbdError(`${what} was not specified`, ERRNO.EINVAL);
  return typed;
}

/** `--path`, or the next positional. @ceph src/tools/rbd/Utils.cc get_path — exact */
export function pathOf(run: RbdRun): string {
  return optionValue(run.args, 'path') ?? requirePositional(run, 'path');
}

export interface ImageIdSpec {
  readonly pool: string;
  readonly nspace: string;
  readonly id: string;
}

/** An image by its id: `--image-id`, or `[pool/[namespace/]]id`. @ceph src/tools/rbd/Utils.cc get_pool_image_id — exact */
export function imageIdSpec(run: RbdRun): ImageIdSpec {
  const pool = optionValue(run.args, 'pool') ?? '';
  const nspace = optionValue(run.args, 'namespace') ?? '';
  const id = optionValue(run.args, 'image-id');
  if (id !== undefined && id !== '') return { pool, nspace, id };
  const typed = extractSpec(requirePositional(run, 'image id'), 'full');
  if (typed.snap !== '') throw new RbdError("snapshot name specified for a command that doesn't use it", ERRNO.EINVAL);
  return { pool: typed.pool || pool, nspace: typed.nspace || nspace, id: typed.image };
}
