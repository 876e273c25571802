import { bytesData, bytesOfData, concatData, type Data, fillData, randomData } from '../../../base/data.ts';
import type { Task } from '../../../base/task.ts';
import { alignUp } from '../data-crypto.ts';
import { STRIPES } from './anti-forensic.ts';
import { deriveKey } from './key-derivation.ts';
import { sealKey } from './key-material.ts';
import { encodeLuks1, LUKS1_SLOTS, type Luks1Slot } from './luks1-codec.ts';
import { encodeLuks2, LUKS2_BYTES } from './luks2-codec.ts';
import { type Kdf, type Luks2Slot, luks2Json } from './luks2-json.ts';
import { pbkdf2 } from './pbkdf2.ts';

/**
 * Least costs that cryptsetup takes. The real tool measures the machine and takes what lasts two seconds: some millions
 * of iterations, some hundred MiB. In a page that would be half a minute for each opening; what is guarded here are toys.
 */
const ITERATIONS = 1000;
const ARGON2 = { time: 4, memory_kib: 32, cpus: 1 } as const;

const HASH = 'sha256';
const ENCRYPTION = 'aes-xts-plain64';
const SECTOR = 512;
/** Key material begins and ends at these borders. */
const MATERIAL_ALIGN = 4096;
const LUKS1_MATERIAL_AT = 4096;
/** Behind both headers. */
const LUKS2_MATERIAL_AT = 2 * LUKS2_BYTES;
/** LUKS2: where data begin unless a larger stripe period says otherwise. */
const LUKS2_DATA_AT = 16 * 1024 * 1024;

/** Chance for salts, keys and what fills unused key material. */
export interface Chance {
  bytes(count: number): Uint8Array;
  /** A stream whose bytes need not be made before somebody reads them. */
  stream(count: number): Data;
}

export function chanceOf(random_u32: () => number): Chance {
  const stream = (count: number): Data => randomData({ kind: 'random', seed: random_u32() }, 0, count);
  return { bytes: (count) => bytesOfData(stream(count)), stream };
}

export interface LuksPlan {
  /** 32 bytes for aes-128, 64 for aes-256. */
  readonly key: Uint8Array;
  readonly passphrase: Uint8Array;
  readonly uuid: string;
  /** Data begin at a multiple of this: the image's stripe period. */
  readonly align: number;
  readonly chance: Chance;
}

/** A header, up to where data begin. */
export interface MadeHeader {
  readonly header: Data;
  readonly sectorBytes: number;
  readonly dataOffset: number;
}

/** Where data begin behind a header of LUKS1: eight keyslots, whether they are used or not. */
export function luks1DataOffset(keyBytes: number, align: number): number {
  return alignUp(LUKS1_MATERIAL_AT + LUKS1_SLOTS * slotBytes(keyBytes), align);
}

export function luks2DataOffset(align: number): number {
  return alignUp(LUKS2_DATA_AT, align);
}

function slotBytes(keyBytes: number): number {
  return alignUp(keyBytes * STRIPES, MATERIAL_ALIGN);
}

/** What libcryptsetup's crypt_format and crypt_keyslot_add_by_volume_key leave for LUKS1: one keyslot of eight. */
export function* makeLuks1({ key, passphrase, uuid, align, chance }: LuksPlan): Task<MadeHeader> {
  const cost = { hash: HASH, iterations: ITERATIONS };
  const [digestSalt, salt] = [chance.bytes(32), chance.bytes(32)];
  const dataOffset = luks1DataOffset(key.length, align);
  const bytes = encodeLuks1({
    cipher: 'aes',
    cipherMode: 'xts-plain64',
    hash: HASH,
    payload_sectors: dataOffset / SECTOR,
    keyBytes: key.length,
    digest: yield* pbkdf2(key, digestSalt, cost, 20),
    digestSalt,
    digestIterations: ITERATIONS,
    uuid,
    slots: luks1Slots(key.length, salt),
  });
  const slotKey = yield* pbkdf2(passphrase, salt, cost, key.length);
  const unused = Array.from({ length: LUKS1_SLOTS - 1 }, () => chance.stream(key.length * STRIPES));
  const materials = [bytesData(seal(key, slotKey, chance)), ...unused];
  const parts = materials.map((material) => padded(material, slotBytes(key.length)));
  const header = concatData([padded(bytesData(bytes), LUKS1_MATERIAL_AT), ...parts]);
  return { header: padded(header, dataOffset), sectorBytes: 512, dataOffset };
}

/** The first is used. */
function luks1Slots(keyBytes: number, salt: Uint8Array): Luks1Slot[] {
  return Array.from({ length: LUKS1_SLOTS }, (_, index) => {
    const place = { material_sectors: (LUKS1_MATERIAL_AT + index * slotBytes(keyBytes)) / SECTOR, stripes: STRIPES };
    if (index === 0) return { enabled: true, iterations: ITERATIONS, salt, ...place };
    return { enabled: false, iterations: 0, salt: new Uint8Array(32), ...place };
  });
}

/** The same for LUKS2: two headers, then the keyslots' area, random but for the first. */
export function* makeLuks2({ key, passphrase, uuid, align, chance }: LuksPlan): Task<MadeHeader> {
  const dataOffset = luks2DataOffset(align);
  const digestSalt = chance.bytes(32);
  const kdf: Kdf = { type: 'argon2id', ...ARGON2, salt: chance.bytes(32) };
  const digest = yield* pbkdf2(key, digestSalt, { hash: HASH, iterations: ITERATIONS }, 32);
  const json = luks2Json({
    slots: [luks2Slot(key.length, kdf)],
    dataOffset,
    sectorBytes: 4096,
    encryption: ENCRYPTION,
    keyslotsBytes: LUKS2_DATA_AT - LUKS2_MATERIAL_AT,
    digest: { hash: HASH, iterations: ITERATIONS, salt: digestSalt, digest },
  });
  const material = seal(key, yield* deriveKey(kdf, passphrase, key.length), chance);
  // Made, keyslot added, written once more: its third state.
  const headers = [false, true].map((second) => encodeLuks2({ uuid, epoch: 3, json, salt: chance.bytes(64) }, second));
  const unused = chance.stream(LUKS2_DATA_AT - LUKS2_MATERIAL_AT - material.length);
  const header = concatData([...headers.map(bytesData), bytesData(material), unused]);
  return { header: padded(header, dataOffset), sectorBytes: 4096, dataOffset };
}

function luks2Slot(keyBytes: number, kdf: Kdf): Luks2Slot {
  return {
    keyBytes,
    stripes: STRIPES,
    stripesHash: HASH,
    areaOffset: LUKS2_MATERIAL_AT,
    areaBytes: slotBytes(keyBytes),
    areaEncryption: ENCRYPTION,
    areaKeyBytes: keyBytes,
    kdf,
  };
}

function seal(key: Uint8Array, slotKey: Uint8Array, chance: Chance): Uint8Array {
  return sealKey(key, chance.bytes(key.length * (STRIPES - 1)), slotKey, HASH);
}

function padded(data: Data, length: number): Data {
  return concatData([data, fillData(length - data.length)]);
}
