import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { CreateOptions } from './create.ts';

export interface CloneSource {
  readonly io: IoCtx;
  readonly imageName: string;
  readonly snapName: string;
}

export interface CloneOptions extends CreateOptions {
  /** 1 or 2; unless given, what the cluster's `require_min_compat_client` allows: 2 from mimic on. */
  readonly cloneFormat?: 1 | 2;
}

/**
 * Makes a clone of a snapshot and answers its id. ENOENT; EEXIST for a name in use; EINVAL for format 1 of an unprotected
 * snapshot; EXDEV for format 1 across namespaces; ENOSYS without layering.
 */
export function* cloneImage(
  _parent: CloneSource,
  _io: IoCtx,
  _name: string,
  _options: CloneOptions = {},
): Task<string> {
  throw new AssertionError('being written');
}
