import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import { type HashedDirectory, hashedDirectory } from '../../../../src/engine/os/filestore/hash-index.ts';
import { objectFileName, pgMetaFileName } from '../../../../src/engine/os/filestore/object-name.ts';
import { sha1 } from '../../../../src/engine/os/filestore/sha1.ts';
import { objectHash } from '../../../../src/engine/osdmap/placement.ts';

/** Files of pool 2 that Ceph 16.2.15 made, with their objects. */
const RECORDED = [
  ['plain__head_930F08C9__2', 'plain', '', NOSNAP],
  ['with\\uunderscore__head_76E77BF9__2', 'with_underscore', '', NOSNAP],
  ['with\\sslash__head_815C7723__2', 'with/slash', '', NOSNAP],
  ['back\\\\slash__head_DCF29D4F__2', 'back\\slash', '', NOSNAP],
  ['\\dname__head_03A60AFA__2', 'DIR_name', '', NOSNAP],
  ['\\.dot__head_A0CFD60B__2', '.dot', '', NOSNAP],
  ['inns__head_43C5CCBD_ns_2', 'inns', 'ns', NOSNAP],
  ['größe__head_9E8EA870__2', 'größe', '', NOSNAP],
  ['rbd\\udata.1077ac5ff816.0000000000000000__4_105A7985__2', 'rbd_data.1077ac5ff816.0000000000000000', '', 4],
] as const;

test.each(RECORDED)('the file %s', (file, oid, nspace, snap) => {
  const hoid = { oid, nspace, locator: '', hash: objectHash(nspace, oid), snap };
  expect(objectFileName(hoid, 2)).toBe(file);
});

test('a shard of an erasure pool ends with its generation and number; a PG has a file of its own', () => {
  const hoid = { oid: 'a', nspace: '', locator: '', hash: 0x1a, snap: NOSNAP };
  expect(objectFileName(hoid, 11, 2)).toBe('a__head_0000001A__b_ffffffffffffffff_2');
  expect(pgMetaFileName(2, 0x17)).toBe('__head_00000017__2');
});

test('a name of 255 bytes and more is shortened to 255, by its digest', () => {
  const nameOf = (oid: string) => objectFileName({ oid, nspace: '', locator: '', hash: 0xabcdef01, snap: NOSNAP }, 2);
  const suffix = '__head_ABCDEF01__2';
  expect(nameOf('x'.repeat(254 - suffix.length))).toBe('x'.repeat(254 - suffix.length) + suffix);
  const long = 'x'.repeat(255 - suffix.length);
  const digest = createHash('sha1')
    .update(long + suffix)
    .digest('hex')
    .slice(0, 20);
  expect(nameOf(long)).toBe(`${(long + suffix).slice(0, 227)}_${digest}_0_long`);
  expect(nameOf(long)).toHaveLength(255);
});

test('SHA-1 is that of everyone', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(hexOf(sha1(bytes))).toBe(createHash('sha1').update(bytes).digest('hex'));
    }),
  );
});

test('a directory of more than 320 files is split by the last hex digits of the hashes', () => {
  const files = (count: number, hash: (n: number) => number) =>
    Array.from({ length: count }, (_, n) => ({ name: String(n), hash: hash(n), value: n }));
  expect(hashedDirectory(files(320, (n) => n)).files.size).toBe(320);
  const split = hashedDirectory(files(321, (n) => (n << 8) | 0x52));
  expect(split.files.size).toBe(0);
  expect([...split.directories.keys()]).toEqual(['DIR_2']);
  const below = split.directories.get('DIR_2')?.directories.get('DIR_5');
  expect(below?.directories.size).toBe(16);
  expect(below?.directories.get('DIR_0')?.files.has('0')).toBe(true);
});

test('every file is in one directory, under the digits of its hash', () => {
  const seen = (directory: HashedDirectory<number>, path: string): [number, string][] => [
    ...[...directory.files.values()].map((value): [number, string] => [value, path]),
    ...[...directory.directories].flatMap(([name, inside]) => seen(inside, path + name.slice(4))),
  ];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 300, maxLength: 900 }), (hashes) => {
      const tree = hashedDirectory(hashes.map((hash, n) => ({ name: String(n), hash, value: n })));
      const found = seen(tree, '');
      expect(found.map(([n]) => n).sort((a, b) => a - b)).toEqual(hashes.map((_, n) => n));
      for (const [n, path] of found) {
        const digits = (hashes[n] ?? 0).toString(16).toUpperCase().padStart(8, '0');
        expect([...digits].reverse().join('').startsWith(path)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});
