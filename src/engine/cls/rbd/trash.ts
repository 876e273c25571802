import { EMPTY_BYTES } from '../../base/bytes.ts';
import { CephError } from '../../base/errno.ts';
import { clsRbdNamespace, clsRbdTrash } from '../../codec/cls-rbd-methods.ts';
import { decodeTrashSpec, encodeTrashSpec } from '../../codec/rbd-trash-codec.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import { decodeValue, hasKey, listByPrefix, removeKey, requireKey, writeKey } from '../omap-values.ts';
import { isValidId } from './directory.ts';

const ID_PREFIX = 'id_';
const NAME_PREFIX = 'name_';

/** @ceph src/cls/rbd/cls_rbd.cc trash_* — exact */
export const TRASH_HANDLERS: readonly ClsHandler[] = [
  implement(clsRbdTrash.add, (object, { id, spec }) => {
    object.create(false);
    if (!isValidId(id)) throw new CephError('EINVAL', `image id ${id}`);
    if (hasKey(object, ID_PREFIX + id)) throw new CephError('EEXIST', `image id ${id}`);
    writeKey(object, ID_PREFIX + id, encodeTrashSpec(spec));
  }),

  implement(clsRbdTrash.remove, (object, { id }) => {
    if (!hasKey(object, ID_PREFIX + id)) throw new CephError('ENOENT', `image id ${id}`);
    removeKey(object, ID_PREFIX + id);
  }),

  implement(clsRbdTrash.list, (object, { start, max }) =>
    listByPrefix(object, ID_PREFIX, start, max).map(([id, value]) => [id, decodeValue(id, value, decodeTrashSpec)]),
  ),

  implement(clsRbdTrash.get, (object, { id }) => requireKey(object, ID_PREFIX + id, decodeTrashSpec)),

  implement(clsRbdTrash.stateSet, (object, { id, state, expected }) => {
    const spec = requireKey(object, ID_PREFIX + id, decodeTrashSpec);
    if (spec.state === expected) writeKey(object, ID_PREFIX + id, encodeTrashSpec({ ...spec, state }));
    else if (spec.state !== state) throw new CephError('ESTALE', `trash state ${spec.state}`);
  }),
];

/** @ceph src/cls/rbd/cls_rbd.cc namespace_* — exact */
export const NAMESPACE_HANDLERS: readonly ClsHandler[] = [
  implement(clsRbdNamespace.add, (object, { name }) => {
    if (hasKey(object, NAME_PREFIX + name)) throw new CephError('EEXIST', `namespace ${name}`);
    writeKey(object, NAME_PREFIX + name, EMPTY_BYTES);
  }),

  implement(clsRbdNamespace.remove, (object, { name }) => {
    if (!hasKey(object, NAME_PREFIX + name)) throw new CephError('ENOENT', `namespace ${name}`);
    removeKey(object, NAME_PREFIX + name);
  }),

  implement(clsRbdNamespace.list, (object, { start, max }) =>
    listByPrefix(object, NAME_PREFIX, start, max).map(([name]) => name),
  ),
];
