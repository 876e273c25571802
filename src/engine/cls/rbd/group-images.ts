import { CephError } from '../../base/errno.ts';
import { byteStringOfText, textOfByteString } from '../../base/utf8.ts';
import { clsRbdImageGroup, clsRbdGroupImages as methods } from '../../codec/cls-rbd-group-methods.ts';
import {
  decodeGroupImageState,
  decodeGroupSpec,
  encodeGroupImageState,
  encodeGroupSpec,
  groupImageKey,
  groupImageOfKey,
} from '../../codec/rbd-group-codec.ts';
import { type GroupSpec, OP_FEATURE } from '../../codec/rbd-types.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import { decodeValue, readKey, removeKey, requireKey, writeKey } from '../omap-values.ts';
import { setOpFeatures } from './header-values.ts';

const GROUP_REF = 'rbd_group_ref';
const PREFIX = byteStringOfText('image_');

/** @ceph src/cls/rbd/cls_rbd.cc group_image_*, image_group_* — exact */
export const GROUP_IMAGE_HANDLERS: readonly ClsHandler[] = [
  implement(methods.set, (object, { spec, state }) =>
    writeKey(object, groupImageKey(spec), encodeGroupImageState(state)),
  ),

  implement(methods.remove, (object, spec) => removeKey(object, groupImageKey(spec))),

  implement(methods.list, (object, { after, max }) => {
    const behind = after === null ? null : byteStringOfText(groupImageKey(after));
    return object.omapEntries(behind, PREFIX, max).map(([name, value]) => {
      const key = textOfByteString(name);
      return { spec: groupImageOfKey(key), state: decodeValue(key, value, decodeGroupImageState) };
    });
  }),

  implement(clsRbdImageGroup.add, (object, group) => {
    const old = readKey(object, GROUP_REF, decodeGroupSpec);
    if (old !== undefined) {
      if (!sameGroup(old, group)) throw new CephError('EEXIST', `image is in group ${old.groupId}`);
      return;
    }
    setOpFeatures(object, OP_FEATURE.GROUP, OP_FEATURE.GROUP);
    writeKey(object, GROUP_REF, encodeGroupSpec(group));
  }),

  implement(clsRbdImageGroup.remove, (object, group) => {
    const old = requireKey(object, GROUP_REF, decodeGroupSpec);
    if (!sameGroup(old, group)) throw new CephError('EBADF', `image is in group ${old.groupId}`);
    removeKey(object, GROUP_REF);
    setOpFeatures(object, 0, OP_FEATURE.GROUP);
  }),

  implement(clsRbdImageGroup.get, (object) => readKey(object, GROUP_REF, decodeGroupSpec) ?? null),
];

function sameGroup(a: GroupSpec, b: GroupSpec): boolean {
  return a.pool === b.pool && a.groupId === b.groupId;
}
