import { isErrno } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import { clsRbdDirectory, clsRbdId, clsRbdTrash } from '../codec/cls-rbd-methods.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import { idObjectName, RBD_DIRECTORY, RBD_TRASH } from './object-names.ts';

/** The id of the image of that name. ENOENT where there is none. */
export function* imageIdOf(io: IoCtx, name: string): Task<string> {
  return yield* io.exec(idObjectName(name), clsRbdId.get, undefined);
}

/** The name of the image of that id, in the directory or in the trash; empty where it is in neither. */
export function* imageNameOf(io: IoCtx, id: string): Task<string> {
  return (yield* nameInDirectory(io, id)) ?? (yield* nameInTrash(io, id)) ?? '';
}

/** Undefined where the directory does not have it. */
export function* nameInDirectory(io: IoCtx, id: string): Task<string | undefined> {
  try {
    return yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.getName, { id });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Undefined where the trash does not have it. */
export function* nameInTrash(io: IoCtx, id: string): Task<string | undefined> {
  try {
    return (yield* io.exec(RBD_TRASH, clsRbdTrash.get, { id })).name;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}
