import { argon2i, argon2id } from '@noble/hashes/argon2.js';
import { CephError } from '../../../base/errno.ts';
import type { Task } from '../../../base/task.ts';
import { NO_PROGRESS, type OnProgress } from '../../progress.ts';
import { type Argon2Cost, argon2 } from '../argon2/argon2.ts';
import type { Kdf } from './luks2-json.ts';
import { pbkdf2 } from './pbkdf2.ts';

/** As much memory as cryptsetup takes unless it is told otherwise: 1 GiB. */
const MOST_MEMORY_KIB = 1024 * 1024;
/** Memory times passes that a page stands: four passes of 1 GiB are usual, and take ten seconds here. */
const MOST_WORK_KIB = 32 * 1024 * 1024;
/** The same where the host has no WebAssembly. */
const MOST_SLOW_WORK_KIB = 6 * 1024 * 1024;

/** The key that a passphrase gives in a keyslot. EOPNOTSUPP for a derivation that costs more than a page stands. */
export function* deriveKey(
  kdf: Kdf,
  passphrase: Uint8Array,
  length: number,
  onProgress: OnProgress = NO_PROGRESS,
): Task<Uint8Array> {
  if (kdf.type === 'pbkdf2') return yield* pbkdf2(passphrase, kdf.salt, kdf, length, onProgress);
  if (kdf.memory_kib < 8 * kdf.cpus || kdf.salt.length < 8) throw tooMuch(kdf);
  if (kdf.memory_kib > MOST_MEMORY_KIB || kdf.memory_kib * kdf.time > MOST_WORK_KIB) throw tooMuch(kdf);
  return (yield* argon2(passphrase, kdf, length, onProgress)) ?? (yield* slowArgon2(kdf, passphrase, length));
}

/** All of it at one go: the library's way in slices needs promises. Each pass fills about 100 MiB in a second. */
function* slowArgon2(kdf: Argon2Cost, passphrase: Uint8Array, length: number): Task<Uint8Array> {
  const { memory_kib: m, time: t, cpus: p } = kdf;
  if (m * t > MOST_SLOW_WORK_KIB) throw tooMuch(kdf);
  yield Math.ceil(m * t);
  return (kdf.type === 'argon2id' ? argon2id : argon2i)(passphrase, kdf.salt, { t, m, p, dkLen: length });
}

function tooMuch({ memory_kib, time, cpus }: Argon2Cost): CephError {
  return new CephError('EOPNOTSUPP', `Argon2 of ${memory_kib} KiB, ${time} passes, ${cpus} threads`);
}
