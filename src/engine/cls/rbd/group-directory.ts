import { CephError } from '../../base/errno.ts';
import { clsRbdGroupDirectory as methods } from '../../codec/cls-rbd-group-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { asText, decodeValue, hasKey, listByPrefix, removeKey, requireKey, text, writeKey } from '../omap-values.ts';
import { isValidId } from './directory.ts';

const NAME_PREFIX = 'name_';
const ID_PREFIX = 'id_';

/** @ceph src/cls/rbd/cls_rbd.cc group_dir_* — exact */
export const GROUP_DIRECTORY_HANDLERS: readonly ClsHandler[] = [
  implement(methods.list, (object, { start, max }) =>
    listByPrefix(object, NAME_PREFIX, start, max).map(([name, value]) => ({
      name,
      id: decodeValue(name, value, asText),
    })),
  ),

  implement(methods.add, (object, { name, id }) => {
    object.create(false);
    addGroup(object, name, id, true);
  }),

  implement(methods.remove, (object, { name, id }) => removeGroup(object, name, id)),

  implement(methods.rename, (object, { src, dest, id }) => {
    removeGroup(object, src, id);
    // What was removed in this request is still there for the check.
    if (src === dest) throw new CephError('EEXIST', `group ${dest}`);
    addGroup(object, dest, id, false);
  }),
];

function addGroup(object: ObjectContext, name: string, id: string, uniqueId: boolean): void {
  if (name === '' || !isValidId(id)) throw new CephError('EINVAL', `group ${name}, id ${id}`);
  if (hasKey(object, NAME_PREFIX + name)) throw new CephError('EEXIST', `group ${name}`);
  if (uniqueId && hasKey(object, ID_PREFIX + id)) throw new CephError('EBADF', `group id ${id}`);
  writeKey(object, NAME_PREFIX + name, text(id));
  writeKey(object, ID_PREFIX + id, text(name));
}

function removeGroup(object: ObjectContext, name: string, id: string): void {
  const storedId = requireKey(object, NAME_PREFIX + name, asText);
  const storedName = requireKey(object, ID_PREFIX + id, asText);
  if (storedName !== name || storedId !== id) throw new CephError('ESTALE', `group ${name}, id ${id}`);
  removeKey(object, NAME_PREFIX + name);
  removeKey(object, ID_PREFIX + id);
}
