import { byteText } from '../../../codec/big-endian.ts';
import { luks2Size } from './luks2-codec.ts';

const LUKS = 'LUKS\xba\xbe';
/** Of a clone that was formatted: other tools would decrypt with its key what is its parent's. */
const CLONE = 'RBDL\xba\xbe';
const MAGIC_BYTES = 6;

/** Whether an image begins with a header, and of which kind. @ceph src/librbd/crypto/luks/Magic.cc — exact */
export function magicOf(bytes: Uint8Array): 'luks' | 'rbd-clone' | null {
  const magic = byteText(bytes.subarray(0, MAGIC_BYTES));
  return magic === LUKS ? 'luks' : magic === CLONE ? 'rbd-clone' : null;
}

/** 1 or 2; 0 for what is cut off. */
export function luksVersion(bytes: Uint8Array): number {
  return ((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0);
}

/**
 * The same header with the other magic: a clone's for LUKS, LUKS for a clone's. LUKS2 has a second one, whose first four
 * letters are turned round. Null where not all of it is there, or it is none.
 *
 * @ceph src/librbd/crypto/luks/Magic.cc replace_magic — exact
 */
export function withOtherMagic(bytes: Uint8Array): Uint8Array | null {
  const kind = magicOf(bytes);
  if (kind === null) return null;
  const magic = kind === 'luks' ? CLONE : LUKS;
  const out = bytes.slice();
  const version = luksVersion(bytes);
  if (version === 2 && !putSecond(out, kind === 'luks' ? LUKS : CLONE, magic)) return null;
  if (version !== 1 && version !== 2) return null;
  putText(out, 0, magic);
  return out;
}

function putSecond(bytes: Uint8Array, old: string, magic: string): boolean {
  const at = luks2Size(bytes);
  if (at === undefined || at + MAGIC_BYTES > bytes.length) return false;
  if (byteText(bytes.subarray(at, at + MAGIC_BYTES)) !== turned(old)) return false;
  putText(bytes, at, turned(magic));
  return true;
}

function turned(magic: string): string {
  return [...magic.slice(0, 4)].reverse().join('') + magic.slice(4);
}

function putText(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}
