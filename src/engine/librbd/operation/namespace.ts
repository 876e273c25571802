import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';

/** EEXIST. */
export function* createNamespace(_io: IoCtx, _name: string): Task<void> {
  throw new AssertionError('being written');
}

/** ENOENT; EBUSY while images are in it, in its trash too. */
export function* removeNamespace(_io: IoCtx, _name: string): Task<void> {
  throw new AssertionError('being written');
}

/** Names in order. */
export function* listNamespaces(_io: IoCtx): Task<readonly string[]> {
  throw new AssertionError('being written');
}

export function* namespaceExists(_io: IoCtx, _name: string): Task<boolean> {
  throw new AssertionError('being written');
}
