import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { CephError } from '../../../base/errno.ts';

export type Hash = typeof sha1 | typeof sha256 | typeof sha512;

const HASHES: ReadonlyMap<string, Hash> = new Map<string, Hash>([
  ['sha1', sha1],
  ['sha256', sha256],
  ['sha512', sha512],
]);

/** The hash of that name in a header. EOPNOTSUPP for one that is not there. */
export function hashOf(name: string): Hash {
  const hash = HASHES.get(name);
  if (hash === undefined) throw new CephError('EOPNOTSUPP', `hash ${name}`);
  return hash;
}
