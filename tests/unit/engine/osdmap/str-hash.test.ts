import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { newPool } from '../../../../src/engine/osdmap/build.ts';
import type { PgPool } from '../../../../src/engine/osdmap/osd-map.ts';
import { pgIdText } from '../../../../src/engine/osdmap/pg-id.ts';
import { pgOfObject } from '../../../../src/engine/osdmap/placement.ts';
import { objectHash, strHashRjenkins } from '../../../../src/engine/osdmap/str-hash.ts';

const NAMES = new URL('../../../conformance/hash/names.tsv.gz', import.meta.url);

/** Characters above U+FFFF as two surrogates of three bytes each, which is how the recording command wrote them. */
function cesu8(text: string): Uint8Array {
  const bytes = Array.from({ length: text.length }, (_, i) => {
    const code = text.charCodeAt(i);
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
    return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  });
  return Uint8Array.from(bytes.flat());
}

/** The three pools that the recording had. */
function recordedPool(id: number): PgPool {
  const pool = newPool({ id, name: 'p', pgNum: [64, 100, 24][id - 1] ?? 0, size: 3, epoch: 1, now_us: 0 });
  return { ...pool, pgpNum: id === 2 ? 72 : pool.pgNum, flags: id === 3 ? [] : pool.flags };
}

test('names of RBD objects hash as Ceph hashes them', () => {
  expect(objectHash('', 'rbd_data.a89c2ae8944a.0000000000000000')).toBe(0xdf059252);
  expect(objectHash('', 'rbd_data.a89c2ae8944a.0000000000000001')).toBe(0x9c6139d2);
  expect(objectHash('', 'rbd_header.a89c2ae8944a')).toBe(0x36b2dadc);
});

test('every recorded name has its recorded hash and PG', () => {
  const lines = gunzipSync(readFileSync(NAMES)).toString().trimEnd().split('\n');
  expect(lines.length).toBe(450);
  let beyondBmp = 0;
  for (const line of lines) {
    const [pool = '', hash = '', pg, nspace = '""', name = '""'] = line.split('\t');
    const [ns, oid]: string[] = [JSON.parse(nspace), JSON.parse(name)];
    if (/[\u{10000}-\u{10ffff}]/u.test(name)) {
      beyondBmp++;
      const key = ns === '' ? oid : `${ns}\x1f${oid}`;
      expect(strHashRjenkins(cesu8(key ?? '')).toString(16), name).toBe(hash.replace(/^0+/, ''));
      continue;
    }
    expect(
      objectHash(ns ?? '', oid ?? '')
        .toString(16)
        .padStart(8, '0'),
      name,
    ).toBe(hash);
    const found = pgOfObject(recordedPool(Number(pool)), ns ?? '', oid ?? '');
    expect(pgIdText(found.pool, found.seed), name).toBe(pg);
  }
  expect(beyondBmp).toBeLessThan(10);
});
