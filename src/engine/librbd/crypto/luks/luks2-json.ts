import { fromBase64, toBase64 } from '../../../base/base64.ts';
import { type JsonValue, readJson } from '../../../codec/json-value.ts';

/** How a keyslot makes a key of a passphrase. */
export type Kdf =
  | {
      readonly type: 'argon2id' | 'argon2i';
      readonly time: number;
      readonly memory_kib: number;
      readonly cpus: number;
      readonly salt: Uint8Array;
    }
  | { readonly type: 'pbkdf2'; readonly hash: string; readonly iterations: number; readonly salt: Uint8Array };

export interface Luks2Slot {
  readonly keyBytes: number;
  readonly stripes: number;
  readonly stripesHash: string;
  /** Where its key material is, in bytes. */
  readonly areaOffset: number;
  readonly areaBytes: number;
  readonly areaEncryption: string;
  readonly areaKeyBytes: number;
  readonly kdf: Kdf;
}

export interface Luks2Digest {
  readonly hash: string;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

/** The part of a header's JSON that opens the data: LUKS2 On-Disk Format Specification 1.1.4, section 3. */
export interface Luks2Metadata {
  readonly slots: readonly Luks2Slot[];
  readonly dataOffset: number;
  readonly sectorBytes: number;
  readonly encryption: string;
  readonly digest: Luks2Digest;
}

const BIG = Number.MAX_SAFE_INTEGER;
const MOST_SLOTS = 32;

/** A DecodeError for what is missing or not as it must be. */
export function parseLuks2Json(json: Uint8Array): Luks2Metadata {
  const root = readJson(json);
  const segment = root.at('segments').at('0');
  if (segment.at('type').text() !== 'crypt') segment.refuse('not an encrypted segment');
  if (segment.at('iv_tweak').int(0, BIG) !== 0) segment.refuse('sectors are not counted from 0');
  const slots = root.at('keyslots').entries();
  if (slots.length > MOST_SLOTS) root.refuse('too many keyslots');
  return {
    slots: slots.map(([, slot]) => parseSlot(slot)),
    dataOffset: segment.at('offset').int(0, BIG),
    sectorBytes: segment.at('sector_size').int(512, 4096),
    encryption: segment.at('encryption').text(),
    digest: parseDigest(root.at('digests').at('0')),
  };
}

function parseSlot(slot: JsonValue): Luks2Slot {
  const area = slot.at('area');
  const af = slot.at('af');
  return {
    keyBytes: slot.at('key_size').int(1, 64),
    stripes: af.at('stripes').int(1, 4000),
    stripesHash: af.at('hash').text(),
    areaOffset: area.at('offset').int(0, BIG),
    areaBytes: area.at('size').int(0, BIG),
    areaEncryption: area.at('encryption').text(),
    areaKeyBytes: area.at('key_size').int(1, 64),
    kdf: parseKdf(slot.at('kdf')),
  };
}

function parseKdf(kdf: JsonValue): Kdf {
  const type = kdf.at('type').text();
  const salt = bytesOf(kdf.at('salt'));
  if (type === 'argon2id' || type === 'argon2i') {
    const [time, memory_kib] = [kdf.at('time').int(1, BIG), kdf.at('memory').int(8, BIG)];
    return { type, time, memory_kib, cpus: kdf.at('cpus').int(1, 255), salt };
  }
  if (type !== 'pbkdf2') return kdf.refuse(`unknown key derivation "${type}"`);
  return { type, hash: kdf.at('hash').text(), iterations: kdf.at('iterations').int(1, BIG), salt };
}

function parseDigest(digest: JsonValue): Luks2Digest {
  if (digest.at('type').text() !== 'pbkdf2') digest.refuse('unknown digest');
  return {
    hash: digest.at('hash').text(),
    iterations: digest.at('iterations').int(1, BIG),
    salt: bytesOf(digest.at('salt')),
    digest: bytesOf(digest.at('digest')),
  };
}

function bytesOf(value: JsonValue): Uint8Array {
  return fromBase64(value.text()) ?? value.refuse('not base64');
}

/** The JSON of a header with one keyslot, field by field as libcryptsetup writes it. */
export function luks2Json(metadata: Luks2Metadata & { readonly keyslotsBytes: number }): string {
  const { slots, dataOffset, sectorBytes, encryption, digest, keyslotsBytes } = metadata;
  const keyslots = Object.fromEntries(slots.map((slot, index) => [index, slotJson(slot)]));
  return JSON.stringify({
    keyslots,
    tokens: {},
    segments: {
      0: {
        type: 'crypt',
        offset: String(dataOffset),
        size: 'dynamic',
        iv_tweak: '0',
        encryption,
        sector_size: sectorBytes,
      },
    },
    digests: { 0: digestJson(digest, Object.keys(keyslots)) },
    config: { json_size: '12288', keyslots_size: String(keyslotsBytes) },
  });
}

function slotJson(slot: Luks2Slot) {
  const { keyBytes, stripes, stripesHash, kdf } = slot;
  return {
    type: 'luks2',
    key_size: keyBytes,
    af: { type: 'luks1', stripes, hash: stripesHash },
    area: {
      type: 'raw',
      offset: String(slot.areaOffset),
      size: String(slot.areaBytes),
      encryption: slot.areaEncryption,
      key_size: slot.areaKeyBytes,
    },
    kdf: kdfJson(kdf),
  };
}

function kdfJson(kdf: Kdf) {
  const salt = toBase64(kdf.salt);
  if (kdf.type === 'pbkdf2') return { type: kdf.type, hash: kdf.hash, iterations: kdf.iterations, salt };
  return { type: kdf.type, time: kdf.time, memory: kdf.memory_kib, cpus: kdf.cpus, salt };
}

function digestJson({ hash, iterations, salt, digest }: Luks2Digest, keyslots: readonly string[]) {
  return {
    type: 'pbkdf2',
    keyslots,
    segments: ['0'],
    hash,
    iterations,
    salt: toBase64(salt),
    digest: toBase64(digest),
  };
}
