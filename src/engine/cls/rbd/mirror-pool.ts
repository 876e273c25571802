import { CephError } from '../../base/errno.ts';
import { byteStringOfText, utf8Decode, utf8Encode } from '../../base/utf8.ts';
import { encode } from '../../codec/denc.ts';
import { MIRROR_MODES, type MirrorMode } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorPool as methods } from '../../codec/rbd-mirror-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { readKey, removeKey, requireKey, writeKey } from '../omap-values.ts';
import { readPeers } from './mirror-peers.ts';

const MODE = 'mirror_mode';
const UUID = 'mirror_uuid';
const REMOTE_NAMESPACE = 'remote_namespace';

/** @ceph src/cls/rbd/cls_rbd.cc mirror_uuid_*, mirror_mode_*, mirror_remote_namespace_* — exact */
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
    removeKey(object, REMOTE_NAMESPACE);
  }),

  implement(methods.getRemoteNamespace, (object) => requireKey(object, REMOTE_NAMESPACE, (d) => d.string())),

  implement(methods.setRemoteNamespace, (object, { nspace }) => {
    if (readMirrorMode(object) !== 'disabled') {
      throw new CephError('EINVAL', 'cannot set mirror remote namespace while mirroring enabled');
    }
    writeKey(
      object,
      REMOTE_NAMESPACE,
      encode((e) => e.string(nspace)),
    );
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
