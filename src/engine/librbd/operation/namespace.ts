import { CephError, cppStrerror, ERRNO, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdDirectory, clsRbdNamespace } from '../../codec/cls-rbd-methods.ts';
import { logged, logging } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_DIRECTORY, RBD_NAMESPACE, RBD_TRASH } from '../object-names.ts';
import { ignoreMissing } from './remove.ts';
import { listTrash } from './trash.ts';

const PAGE = 1024;

/** EEXIST. @ceph src/librbd/api/Namespace.cc create — exact */
export function* createNamespace(io: IoCtx, name: string): Task<void> {
  if (name === '') throw new CephError('EINVAL', 'namespace name');
  const root = io.inNamespace('');
  const added = root.exec(RBD_NAMESPACE, clsRbdNamespace.add, { name });
  yield* logging(io.rados, 'librbd::api::Namespace', 'create: failed to add namespace', added);
  yield* root.inNamespace(name).exec(RBD_DIRECTORY, clsRbdDirectory.stateSet, { state: 'ready' });
  yield* root.inNamespace(name).create(RBD_TRASH, false);
}

/** ENOENT; EBUSY while images are in it, in its trash too. @ceph src/librbd/api/Namespace.cc remove — exact */
export function* removeNamespace(io: IoCtx, name: string): Task<void> {
  const root = io.inNamespace('');
  const inner = root.inNamespace(name);
  if (!(yield* namespaceExists(io, name))) {
    const text = `remove: failed to remove namespace: ${cppStrerror(ERRNO.ENOENT)}`;
    throw logged(io.rados, 'ENOENT', 'librbd::api::Namespace', text);
  }
  if ((yield* listTrash(inner)).length > 0) throw new CephError('EBUSY', 'images in the trash');
  yield* inner.exec(RBD_DIRECTORY, clsRbdDirectory.stateSet, { state: 'add-disabled' });
  for (const oid of [RBD_TRASH, RBD_DIRECTORY, 'rbd_children']) yield* ignoreMissing(inner.remove(oid));
  yield* root.exec(RBD_NAMESPACE, clsRbdNamespace.remove, { name });
}

/** Names in order. */
export function* listNamespaces(io: IoCtx): Task<readonly string[]> {
  const out: string[] = [];
  for (;;) {
    const page = yield* listPage(io.inNamespace(''), out.at(-1) ?? '');
    out.push(...page);
    if (page.length < PAGE) return out;
  }
}

export function* namespaceExists(io: IoCtx, name: string): Task<boolean> {
  return name === '' || (yield* listNamespaces(io)).includes(name);
}

function* listPage(io: IoCtx, start: string): Task<readonly string[]> {
  try {
    return yield* io.exec(RBD_NAMESPACE, clsRbdNamespace.list, { start, max: PAGE });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
