import { clsMethod } from './osd-op.ts';
import type { HeaderV1Snap } from './rbd-header-v1-codec.ts';

/** Methods on the header object `NAME.rbd` of an image of format 1. */
export const clsRbdOld = {
  /** The newest snapshot first. */
  list: clsMethod<void, { readonly snapSeq: number; readonly snaps: readonly HeaderV1Snap[] }>(
    'rbd',
    'snap_list',
    'read',
  ),
  /** EEXIST for a name in use, ESTALE for an id below snap_seq. */
  add: clsMethod<{ readonly name: string; readonly snapId: number }, void>('rbd', 'snap_add', 'write'),
  /** ENOENT. */
  remove: clsMethod<{ readonly name: string }, void>('rbd', 'snap_remove', 'write'),
  /** ENOENT; EEXIST for a name in use. */
  rename: clsMethod<{ readonly snapId: number; readonly name: string }, void>('rbd', 'snap_rename', 'write'),
};
