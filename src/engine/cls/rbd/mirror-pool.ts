import { CephError } from '../../base/errno.ts';
import { byteStringOfText, utf8Decode, utf8Encode } from '../../base/utf8.ts';
import { encode } from '../../codec/denc.ts';
import { MIRROR_MODES, type MirrorMode } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorPool as methods } from '../../codec/rbd-mirror-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { readKey, removeKey, writeKey } from '../omap-values.ts';
import { readPeers } from './mirror-peers.ts';

const MODE = 'mirror_mode';
const UUID = 'mirror_uuid';

/** @ceph src/cls/rbd/cls_rbd.cc mirror_uuid_*, mirror_mode_* — exact */
export const MIRROR_POOL_HANDLERS: readonly ClsHandler[] = [
  implement(methods.getUuid, (object) => {
    const uuid = readUuid(object);
    if (uuid === '') throw new CephError('ENOENT', UUID);
    return uuid;
  }),

  implement(methods.setUuid, (object, { uuid }) => {
    if (uuid === '') throw new CephError('EINVAL', 'cannot set empty mirror uuid');
    if (readMirrorMode(object) !== 'disabled') {
      if (readUuid(object) !== uuid) throw new CephError('EINVAL', 'cannot set mirror uuid while mirroring enabled');
    }
    object.omapSet(new Map([[byteStringOfText(UUID), utf8Encode(uuid)]]));
  }),

  implement(methods.getMode, (object) => {
    const mode = readKey(object, MODE, (d) => MIRROR_MODES[d.u32()]);
    if (mode === undefined) throw new CephError('ENOENT', MODE);
    return mode;
  }),

  implement(methods.setMode, (object, { mode }) => {
    if (mode !== 'disabled') {
      if (readUuid(object) === '') throw new CephError('EINVAL', 'mirror uuid is not set');
      writeKey(
        object,
        MODE,
        encode((e) => e.u32(MIRROR_MODES.indexOf(mode))),
      );
      return;
    }
    if (readPeers(object).length > 0) throw new CephError('EBUSY', 'mirroring peers still registered');
    removeKey(object, MODE);
    removeKey(object, UUID);
  }),
];

/** `disabled` where none was ever set. */
function readMirrorMode(object: ObjectContext): MirrorMode {
  return readKey(object, MODE, (d) => MIRROR_MODES[d.u32()]) ?? 'disabled';
}

/** The bare text; empty where there is none. */
function readUuid(object: ObjectContext): string {
  return utf8Decode(object.omapGet(byteStringOfText(UUID)) ?? new Uint8Array());
}
