import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdDirectory, type DirectoryPair } from '../../codec/cls-rbd-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_DIRECTORY } from '../object-names.ts';
import { listOldImages } from '../old-format/directory.ts';

const PAGE = 1024;

/** Images of the pool and namespace: those of format 1, without ids, then the others, each in order of their names. @ceph src/librbd/api/Image.cc list_images — exact */
export function* listImages(io: IoCtx): Task<DirectoryPair[]> {
  const old = (yield* listOldImages(io)).map((name) => ({ name, id: '' }));
  return [...old, ...(yield* listNewImages(io))];
}

function* listNewImages(io: IoCtx): Task<DirectoryPair[]> {
  const out: DirectoryPair[] = [];
  for (let start = ''; ; start = out.at(-1)?.name ?? '') {
    const page = yield* listPage(io, start);
    out.push(...page);
    if (page.length < PAGE) return out;
  }
}

function* listPage(io: IoCtx, start: string): Task<readonly DirectoryPair[]> {
  try {
    return yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.list, { start, max: PAGE });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
