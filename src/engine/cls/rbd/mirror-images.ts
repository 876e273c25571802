import { CephError } from '../../base/errno.ts';
import { decodeMirrorImage, encodeMirrorImage } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorImages as methods } from '../../codec/rbd-mirror-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import { asText, decodeValue, listByPrefix, readKey, removeKey, requireKey, text, writeKey } from '../omap-values.ts';

const PREFIX = 'image_';
const GLOBAL = 'global_';

/** @ceph src/cls/rbd/cls_rbd.cc mirror_image_* — exact, without the states that rbd-mirror daemons report */
export const MIRROR_IMAGE_HANDLERS: readonly ClsHandler[] = [
  implement(methods.list, (object, { start, max }) =>
    listByPrefix(object, PREFIX, start, max).map(([id, value]) => [id, decodeValue(id, value, decodeMirrorImage)]),
  ),

  implement(methods.get, (object, { id }) => requireKey(object, PREFIX + id, decodeMirrorImage)),

  implement(methods.set, (object, { id, image }) => {
    const before = readKey(object, PREFIX + id, decodeMirrorImage);
    if (before === undefined && image.state === 'disabling') throw new CephError('EINVAL', 'image not mirrored');
    if (before !== undefined) {
      if (image.mode !== before.mode) throw new CephError('EINVAL', `mirroring mode is ${before.mode}`);
      if (image.globalId !== before.globalId) throw new CephError('EINVAL', 'incorrect global image id');
    } else if (readKey(object, GLOBAL + image.globalId, asText) !== undefined) {
      throw new CephError('EEXIST', 'global image id in use');
    }
    writeKey(object, PREFIX + id, encodeMirrorImage(image));
    writeKey(object, GLOBAL + image.globalId, text(id));
  }),

  implement(methods.remove, (object, { id }) => {
    const image = readKey(object, PREFIX + id, decodeMirrorImage);
    if (image === undefined) throw new CephError('ENOENT', `mirror image ${id}`);
    if (image.state !== 'disabling') throw new CephError('EBUSY', 'image is not disabling');
    removeKey(object, PREFIX + id);
    removeKey(object, GLOBAL + image.globalId);
  }),
];
