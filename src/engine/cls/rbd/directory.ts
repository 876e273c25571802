import { bytesData, bytesOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { clsRbdDirectory, clsRbdId } from '../../codec/cls-rbd-methods.ts';
import { encode } from '../../codec/denc.ts';
import { DIRECTORY_STATES } from '../../codec/rbd-types.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { asText, decodeValue, hasKey, listByPrefix, removeKey, requireKey, text, writeKey } from '../omap-values.ts';

const NAME_PREFIX = 'name_';
const ID_PREFIX = 'id_';
const STATE_KEY = 'state';

/** @ceph src/cls/rbd/cls_rbd.cc dir_* — exact */
export const DIRECTORY_HANDLERS: readonly ClsHandler[] = [
  implement(clsRbdDirectory.getId, (object, { name }) => requireKey(object, NAME_PREFIX + name, asText)),
  implement(clsRbdDirectory.getName, (object, { id }) => requireKey(object, ID_PREFIX + id, asText)),

  implement(clsRbdDirectory.list, (object, { start, max }) =>
    listByPrefix(object, NAME_PREFIX, start, max).map(([name, value]) => ({
      name,
      id: decodeValue(name, value, asText),
    })),
  ),

  implement(clsRbdDirectory.addImage, (object, { name, id }) => {
    object.create(false);
    addImage(object, name, id, true);
  }),

  implement(clsRbdDirectory.removeImage, (object, { name, id }) => removeImage(object, name, id)),

  implement(clsRbdDirectory.renameImage, (object, { src, dest, id }) => {
    removeImage(object, src, id);
    addImage(object, dest, id, false);
  }),

  implement(clsRbdDirectory.stateAssert, (object, { state }) => {
    const code = requireKey(object, STATE_KEY, (d) => d.u8());
    if (DIRECTORY_STATES[code] !== state) throw new CephError('ENOENT', `directory state ${code}`);
  }),

  implement(clsRbdDirectory.stateSet, (object, { state }) => {
    if (state === 'add-disabled') {
      if (!object.exists()) throw new CephError('ENOENT', 'directory');
      if (listByPrefix(object, NAME_PREFIX, '', 1).length > 0) throw new CephError('EBUSY', 'directory');
    }
    writeKey(
      object,
      STATE_KEY,
      encode((e) => e.u8(DIRECTORY_STATES.indexOf(state))),
    );
  }),
];

function addImage(object: ObjectContext, name: string, id: string, uniqueId: boolean): void {
  if (name === '' || !isValidId(id)) throw new CephError('EINVAL', `image ${name}, id ${id}`);
  if (hasKey(object, NAME_PREFIX + name)) throw new CephError('EEXIST', `image ${name}`);
  if (uniqueId && hasKey(object, ID_PREFIX + id)) throw new CephError('EBADF', `image id ${id}`);
  writeKey(object, NAME_PREFIX + name, text(id));
  writeKey(object, ID_PREFIX + id, text(name));
}

function removeImage(object: ObjectContext, name: string, id: string): void {
  const storedId = requireKey(object, NAME_PREFIX + name, asText);
  const storedName = requireKey(object, ID_PREFIX + id, asText);
  if (storedName !== name || storedId !== id) throw new CephError('ESTALE', `image ${name}, id ${id}`);
  removeKey(object, NAME_PREFIX + name);
  removeKey(object, ID_PREFIX + id);
}

/** Ids are letters and digits. */
export function isValidId(id: string): boolean {
  return /^[0-9A-Za-z]+$/.test(id);
}

/** @ceph src/cls/rbd/cls_rbd.cc get_id, set_id — exact */
export const ID_HANDLERS: readonly ClsHandler[] = [
  implement(clsRbdId.get, (object) => {
    const size = object.size();
    if (size === 0) throw new CephError('ENOENT', 'image id');
    return decodeValue('image id', bytesOfData(object.read(0, size)), asText);
  }),

  implement(clsRbdId.set, (object, { id }) => {
    if (!object.exists()) throw new CephError('ENOENT', 'image id');
    if (!isValidId(id)) throw new CephError('EINVAL', `image id ${id}`);
    if (object.size() !== 0) throw new CephError('EEXIST', 'image id');
    object.write(0, bytesData(text(id)));
  }),
];
