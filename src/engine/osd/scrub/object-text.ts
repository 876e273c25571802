import { EMPTY_BYTES } from '../../base/bytes.ts';
import { utf8Encode } from '../../base/utf8.ts';
import { infoFlags, NO_DIGEST, OBJECT_FLAG, type ObjectInfoValue } from '../../codec/object-info-codec.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { type HObject, reverseBits } from '../../os/hobject.ts';
import { type Onode, objectSize, toldData } from '../../os/onode.ts';
import { isDirty } from '../tier/clean.ts';
import { dataDigest } from './digests.ts';

/** `2:7800b0f3:::o1:head`. @ceph src/common/hobject.cc operator<<(hobject_t) — exact */
export function hobjectText(pool: number, { hash, nspace, locator, oid, snap }: HObject): string {
  const key = locator === oid ? '' : escaped(locator);
  return `${pool}:${hex8(reverseBits(hash))}:${escaped(nspace)}:${key}:${escaped(oid)}:${snapText(snap)}`;
}

function snapText(snap: number): string {
  return snap === NOSNAP ? 'head' : snap.toString(16);
}

/** @ceph src/common/hobject.cc append_out_escaped — exact */
function escaped(text: string): string {
  let out = '';
  for (const byte of utf8Encode(text)) {
    const isPlain = byte > 32 && byte < 127 && byte !== 0x25 && byte !== 0x3a && byte !== 0x2f;
    out += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return out;
}

export function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** What an object's xattr `_` says: `object_info_t`. */
export function objectInfoOf(onode: Onode, pool: number): ObjectInfoValue {
  const { hoid, info } = onode;
  return {
    ...hoid,
    pool,
    version: info.version,
    priorVersion: info.priorVersion,
    lastRequest: { client: info.lastClient, tid: info.lastClient === 0 ? 0 : 1 },
    userVersion: info.userVersion,
    size: objectSize(onode),
    mtime_us: info.mtime_us,
    localMtime_us: info.mtime_us,
    flags: flagsOf(onode),
    dataDigest: info.dataDigest === true ? dataDigest(toldData(onode)) : NO_DIGEST,
    omapDigest: NO_DIGEST,
    expectedObjectSize: 0,
    expectedWriteSize: 0,
    allocHintFlags: 0,
    watchers: info.watchers,
  };
}

function flagsOf(onode: Onode): number {
  const { info, omap, omapHeader } = onode;
  const hasOmap = omap.size > 0 || omapHeader !== EMPTY_BYTES;
  return (
    (isDirty(onode) ? OBJECT_FLAG.DIRTY : 0) |
    (info.whiteout ? OBJECT_FLAG.WHITEOUT : 0) |
    (hasOmap ? OBJECT_FLAG.OMAP : 0) |
    (info.dataDigest === true ? OBJECT_FLAG.DATA_DIGEST : 0)
  );
}

/** `2:a29bd08e:::o3:head(18'3 client.4225.0:1 dirty|data_digest s 8192 …)`. @ceph src/osd/osd_types.cc operator<<(object_info_t) — exact */
export function objectInfoText(info: ObjectInfoValue): string {
  const { version, lastRequest, userVersion, size, dataDigest: digest, flags } = info;
  const who = lastRequest.client === 0 ? 'osd.0' : `client.${lastRequest.client}`;
  const dd = (flags & OBJECT_FLAG.DATA_DIGEST) === 0 ? '' : ` dd ${digest.toString(16)}`;
  const at = `${version.epoch}'${version.version} ${who}.0:${lastRequest.tid}`;
  const text = `${at} ${infoFlags(info).join('|')} s ${size} uv ${userVersion}${dd} alloc_hint [0 0 0]`;
  return `${hobjectText(info.pool, info)}(${text})`;
}
