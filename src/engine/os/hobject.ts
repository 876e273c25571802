import { NOSNAP } from '../codec/snap.ts';

/** An object as an OSD knows it: a name in a namespace, its hash, and which snapshot's clone it is (NOSNAP: the head). */
export interface HObject {
  readonly nspace: string;
  readonly oid: string;
  /** Placement key where it is not the name; mostly empty. */
  readonly locator: string;
  readonly hash: number;
  readonly snap: number;
}

/**
 * The key under which a PG's table keeps an object. Its text order is Ceph's object order: bit-reversed hash,
 * namespace, placement key, name, snapshot, the head last.
 * @ceph src/common/hobject.h hobject_t operator<=> — exact within one hash but for names outside the BMP
 */
export function hobjectKey(hoid: HObject): string {
  const { hash, nspace, locator, oid, snap } = hoid;
  const snapText = snap === NOSNAP ? 'head' : snap.toString(16).padStart(14, '0');
  return `${hashPrefix(hash)}${nspace}\0${locator || oid}\0${oid}\0${snapText}`;
}

/** What the keys of all objects with this hash begin with. */
export function hashPrefix(hash: number): string {
  return `${reverseBits(hash).toString(16).padStart(8, '0')}\0`;
}

export function reverseBits(value: number): number {
  let v = value;
  v = ((v >>> 1) & 0x55555555) | ((v & 0x55555555) << 1);
  v = ((v >>> 2) & 0x33333333) | ((v & 0x33333333) << 2);
  v = ((v >>> 4) & 0x0f0f0f0f) | ((v & 0x0f0f0f0f) << 4);
  v = ((v >>> 8) & 0x00ff00ff) | ((v & 0x00ff00ff) << 8);
  return ((v >>> 16) | (v << 16)) >>> 0;
}
