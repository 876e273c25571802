import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupDirectory } from '../../codec/cls-rbd-group-methods.ts';
import type { DirectoryPair } from '../../codec/cls-rbd-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_GROUP_DIRECTORY } from '../object-names.ts';

const PAGE = 1024;

/** Groups of the pool and namespace, in order of their names. @ceph src/librbd/api/Group.cc list — exact */
export function* listGroups(io: IoCtx): Task<DirectoryPair[]> {
  const out: DirectoryPair[] = [];
  for (;;) {
    const page = yield* listPage(io, out.at(-1)?.name ?? '');
    out.push(...page);
    if (page.length < PAGE) return out;
  }
}

function* listPage(io: IoCtx, start: string): Task<readonly DirectoryPair[]> {
  try {
    return yield* io.exec(RBD_GROUP_DIRECTORY, clsRbdGroupDirectory.list, { start, max: PAGE });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
