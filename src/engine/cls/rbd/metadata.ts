import { CephError } from '../../base/errno.ts';
import { byteStringOfText } from '../../base/utf8.ts';
import { clsRbdMetadata as methods } from '../../codec/cls-rbd-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import { listByPrefix, removeKey } from '../omap-values.ts';

const PREFIX = 'metadata_';
/** How many a list of "0" gives. */
const DEFAULT_MAX = 64;

/** @ceph src/cls/rbd/cls_rbd.cc metadata_* — exact */
export const METADATA_HANDLERS: readonly ClsHandler[] = [
  implement(methods.set, (object, { entries }) => {
    object.omapSet(new Map([...entries].map(([key, value]) => [byteStringOfText(PREFIX + key), value])));
  }),

  implement(methods.remove, (object, { key }) => removeKey(object, PREFIX + key)),

  implement(methods.list, (object, { start, max }) =>
    listByPrefix(object, PREFIX, start, max === 0 ? DEFAULT_MAX : max),
  ),

  implement(methods.get, (object, { key }) => {
    const value = object.omapGet(byteStringOfText(PREFIX + key));
    if (value === undefined) throw new CephError('ENOENT', `metadata ${key}`);
    return value;
  }),
];
