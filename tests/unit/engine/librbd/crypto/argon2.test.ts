import { argon2i, argon2id } from '@noble/hashes/argon2.js';
import { expect, test } from 'vitest';
import { runToEnd } from '../../../../../src/engine/base/task.ts';
import { utf8Encode } from '../../../../../src/engine/base/utf8.ts';
import { argon2 } from '../../../../../src/engine/librbd/crypto/argon2/argon2.ts';

const SALT = utf8Encode('somesaltsomesalt');
const PASSPHRASE = utf8Encode('a passphrase');

test.each([
  ['argon2id', 8, 1, 1, 32],
  ['argon2id', 64, 3, 1, 64],
  ['argon2id', 512, 4, 4, 64],
  ['argon2id', 5000, 2, 3, 32],
  ['argon2i', 100, 2, 1, 16],
  ['argon2i', 4096, 3, 2, 100],
] as const)('%s of %i KiB, %i passes, %i lanes: %i bytes as another library has them', (type, m, t, p, length) => {
  const known = type === 'argon2i' ? argon2i : argon2id;
  const seen: number[] = [];
  const cost = { type, memory_kib: m, time: t, cpus: p, salt: SALT };
  const key = runToEnd(argon2(PASSPHRASE, cost, length, (done, total) => seen.push(done / total)));
  expect(key).toEqual(known(PASSPHRASE, SALT, { t, m, p, dkLen: length }));
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('more memory than there is: none', () => {
  const cost = { type: 'argon2id', memory_kib: 2 ** 30, time: 1, cpus: 1, salt: SALT } as const;
  expect(runToEnd(argon2(PASSPHRASE, cost, 32, () => undefined))).toBeNull();
});
