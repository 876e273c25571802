import { hmac } from '@noble/hashes/hmac.js';
import { CephError } from '../../../base/errno.ts';
import type { Task } from '../../../base/task.ts';
import { NO_PROGRESS, type OnProgress } from '../../progress.ts';
import { hashOf } from './hashes.ts';

/** More is refused: it would take minutes. libcryptsetup makes some millions on a fast machine. */
const MOST_ITERATIONS = 50_000_000;
/** So many are done at a go; then whoever drives may stop it. */
const SLICE_ITERATIONS = 8192;
/** What a slice takes on a machine of today. */
const SLICE_US = 2048;

export interface Pbkdf2Cost {
  readonly hash: string;
  readonly iterations: number;
}

/** PBKDF2 with HMAC (RFC 8018), in slices. EOPNOTSUPP for unknown hashes and more iterations than a page stands. */
export function* pbkdf2(
  password: Uint8Array,
  salt: Uint8Array,
  { hash: name, iterations }: Pbkdf2Cost,
  length: number,
  onProgress: OnProgress = NO_PROGRESS,
): Task<Uint8Array> {
  if (iterations > MOST_ITERATIONS) throw new CephError('EOPNOTSUPP', `${iterations} iterations of PBKDF2`);
  const hash = hashOf(name);
  const prf = hmac.create(hash, password);
  const out = new Uint8Array(Math.ceil(length / hash.outputLen) * hash.outputLen);
  for (let at = 0, block = 1; at < length; at += hash.outputLen, block++) {
    const sum = out.subarray(at, at + hash.outputLen);
    const work = prf._cloneInto().update(salt).update(bigEndian32(block));
    const last = work.digest();
    sum.set(last);
    const blocks = Math.ceil(length / hash.outputLen);
    const before = (block - 1) * iterations;
    yield* iterate(prf, last, sum, iterations - 1, (done) => onProgress(before + done, blocks * iterations));
  }
  return out.slice(0, length);
}

function* iterate(
  prf: ReturnType<typeof hmac.create>,
  last: Uint8Array,
  sum: Uint8Array,
  count: number,
  tell: (done: number) => void,
): Task<void> {
  const work = prf._cloneInto();
  for (let done = 0; done < count; done++) {
    prf._cloneInto(work).update(last).digestInto(last);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) ^ (last[i] ?? 0);
    if (done % SLICE_ITERATIONS !== SLICE_ITERATIONS - 1) continue;
    tell(done);
    yield SLICE_US;
  }
}

export function bigEndian32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}
