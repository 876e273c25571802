import { bytesData, bytesOfData, concatData, type Data, holeData, sliceData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { type Layout, objectToImage } from '../io/striper.ts';
import type { ImageCrypto } from './image-crypto.ts';
import { cryptSectors, type XtsKey, xtsKey } from './xts.ts';

const KEYS = new WeakMap<Uint8Array, XtsKey>();

/** Schedules are made once for each key. */
function keyOf(key: Uint8Array): XtsKey {
  const known = KEYS.get(key) ?? xtsKey(key);
  KEYS.set(key, known);
  return known;
}

/**
 * Encrypts or decrypts a stretch of an image that begins and ends at the border of sectors (or is filled up with zeros to
 * there). Sectors of which nothing is stored stay holes, as sparse reads tell them.
 *
 * @ceph src/librbd/crypto/BlockCrypto.cc decrypt_aligned_extent — exact: what is not stored is not decrypted
 */
export function cryptData(crypto: ImageCrypto, imageOff: number, data: Data, encrypts: boolean): Data {
  const { sectorBytes, dataOffset } = crypto;
  const off = imageOff - dataOffset;
  if (off % sectorBytes !== 0) throw new CephError('EINVAL', `image offset ${off} is not aligned to ${sectorBytes}`);
  const key = keyOf(crypto.key);
  const parts: Data[] = [];
  for (const { from, to, stored } of sectorRuns(data, sectorBytes)) {
    if (!stored) parts.push(holeData(to - from));
    else {
      const bytes = bytesOfData(sliceData(data, from, to - from)).slice();
      cryptSectors(key, bytes, sectorBytes, (off + from) / 512, encrypts);
      parts.push(bytesData(bytes));
    }
  }
  return concatData(parts);
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly stored: boolean;
}

/** Runs of sectors with something in them, and of empty ones. */
function sectorRuns({ extents, length }: Data, sectorBytes: number): Run[] {
  const end = Math.ceil(length / sectorBytes) * sectorBytes;
  const runs: { from: number; to: number; stored: boolean }[] = [];
  let at = 0;
  for (const { off, len } of extents) {
    const from = Math.max(at, Math.floor(off / sectorBytes) * sectorBytes);
    const to = Math.ceil((off + len) / sectorBytes) * sectorBytes;
    if (to <= from) continue;
    if (from > at) runs.push({ from: at, to: from, stored: false });
    const last = runs.at(-1);
    if (last?.stored === true && last.to === from) last.to = to;
    else runs.push({ from, to, stored: true });
    at = to;
  }
  if (at < end) runs.push({ from: at, to: end, stored: false });
  return runs;
}

/** The same for a stretch of an object: each stripe unit by its place in the image. */
export function cryptObject(
  layout: Layout,
  crypto: ImageCrypto,
  { objectNo, off }: { readonly objectNo: number; readonly off: number },
  data: Data,
  encrypts: boolean,
): Data {
  const parts: Data[] = [];
  let at = 0;
  for (const part of objectToImage(layout, objectNo, off, alignUp(data.length, crypto.sectorBytes))) {
    parts.push(cryptData(crypto, part.off, sliceData(data, at, part.len), encrypts));
    at += part.len;
  }
  return concatData(parts);
}

export function alignDown(value: number, step: number): number {
  return value - (value % step);
}

export function alignUp(value: number, step: number): number {
  return alignDown(value + step - 1, step);
}
