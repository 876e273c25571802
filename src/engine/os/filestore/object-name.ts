import { hexOf } from '../../base/bytes.ts';
import { utf8Encode, utf8Length } from '../../base/utf8.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { HObject } from '../hobject.ts';
import { NO_SHARD } from '../shard-id.ts';
import { sha1 } from './sha1.ts';

/** Names of this many bytes and more are shortened. */
const LONGEST_BYTES = 255;
/** A shortened name: its beginning, hex digits of its SHA-1, a number, and a mark. */
const DIGEST_DIGITS = 20;
const MARK = '_0_long';
const KEPT_BYTES = LONGEST_BYTES - DIGEST_DIGITS - '_'.length - MARK.length;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '/': '\\s', _: '\\u', '\0': '\\n' };

/** The name of the file that FileStore keeps an object in: `rbd\udata.1077ac5ff816.0000000000000000__4_105A7985__2`. */
export function objectFileName(hoid: HObject, pool: number, shard = NO_SHARD): string {
  const name = wholeName(hoid, pool, shard);
  return utf8Length(name) < LONGEST_BYTES ? name : shortened(name);
}

/** The empty object beside a PG's own, that its log is kept with. */
export function pgMetaFileName(pool: number, seed: number, shard = NO_SHARD): string {
  return wholeName({ nspace: '', oid: '', locator: '', hash: seed, snap: NOSNAP }, pool, shard);
}

/** @ceph src/os/filestore/LFNIndex.cc lfn_generate_object_name_current, append_escaped — exact */
function wholeName({ nspace, oid, locator, hash, snap }: HObject, pool: number, shard: number): string {
  const first = oid.startsWith('DIR_') ? '\\d' : oid.startsWith('.') ? '\\.' : '';
  const rest = oid.slice(first === '\\d' ? 4 : first === '' ? 0 : 1);
  const parts = [
    first + escaped(rest),
    escaped(locator),
    snap === NOSNAP ? 'head' : snap.toString(16),
    hash.toString(16).toUpperCase().padStart(8, '0'),
    escaped(nspace),
    pool.toString(16),
    // The generation that no object of this cluster has, all ones.
    ...(shard === NO_SHARD ? [] : ['f'.repeat(16), shard.toString(16)]),
  ];
  return parts.join('_');
}

function escaped(text: string): string {
  return text.replace(/[\\/_\0]/g, (char) => ESCAPES[char] ?? char);
}

/** @ceph src/os/filestore/LFNIndex.cc build_filename, hash_filename — exact, but that no character is cut in two */
function shortened(name: string): string {
  let kept = '';
  let bytes = 0;
  for (const char of name) {
    bytes += utf8Length(char);
    if (bytes > KEPT_BYTES) break;
    kept += char;
  }
  return `${kept}_${hexOf(sha1(utf8Encode(name))).slice(0, DIGEST_DIGITS)}${MARK}`;
}
