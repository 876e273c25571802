import { argon2i, argon2id } from '@noble/hashes/argon2.js';
import { CephError } from '../../../base/errno.ts';
import type { Task } from '../../../base/task.ts';
import type { Kdf } from './luks2-json.ts';
import { pbkdf2 } from './pbkdf2.ts';

/** As much memory as cryptsetup takes unless it is told otherwise: 1 GiB. */
const MOST_MEMORY_KIB = 1024 * 1024;
/** Memory times passes that a page stands: four passes of 1 GiB are usual, and take a minute here. */
const MOST_WORK_KIB = 6 * 1024 * 1024;

/** The key that a passphrase gives in a keyslot. EOPNOTSUPP for a derivation that costs more than a page stands. */
export function* deriveKey(kdf: Kdf, passphrase: Uint8Array, length: number): Task<Uint8Array> {
  if (kdf.type === 'pbkdf2') return yield* pbkdf2(passphrase, kdf.salt, kdf, length);
  const { memory_kib: m, time: t, cpus: p } = kdf;
  if (m > MOST_MEMORY_KIB || m * t > MOST_WORK_KIB || m < 8 * p || kdf.salt.length < 8) {
    throw new CephError('EOPNOTSUPP', `Argon2 of ${m} KiB, ${t} passes, ${p} threads`);
  }
  // All of it at one go: the library's way in slices needs promises. Each pass fills about 1 GiB in a second.
  yield Math.ceil(m * t);
  const argon2 = kdf.type === 'argon2id' ? argon2id : argon2i;
  return argon2(passphrase, kdf.salt, { t, m, p, dkLen: length });
}
