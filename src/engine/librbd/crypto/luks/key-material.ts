import { cryptSectors, xtsKey } from '../xts.ts';
import { mergeKey, splitKey } from './anti-forensic.ts';

const SECTOR_BYTES = 512;

/** The stripes of a key, encrypted with what the passphrase gave. */
export function sealKey(key: Uint8Array, random: Uint8Array, slotKey: Uint8Array, hash: string): Uint8Array {
  const stripes = splitKey(key, random, hash);
  cryptSectors(xtsKey(slotKey), stripes, SECTOR_BYTES, 0, true);
  return stripes;
}

/** The key that stripes hold: a wrong one for a wrong passphrase, which its digest tells. */
export function openKey(material: Uint8Array, slotKey: Uint8Array, keyBytes: number, hash: string): Uint8Array {
  const stripes = material.slice();
  cryptSectors(xtsKey(slotKey), stripes, SECTOR_BYTES, 0, false);
  return mergeKey(stripes, keyBytes, hash);
}
