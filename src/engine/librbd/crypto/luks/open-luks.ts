import { equalBytes } from '../../../base/bytes.ts';
import { CephError } from '../../../base/errno.ts';
import type { Task } from '../../../base/task.ts';
import { DecodeError } from '../../../codec/decode-error.ts';
import { NO_PROGRESS, type OnProgress } from '../../progress.ts';
import { deriveKey } from './key-derivation.ts';
import { openKey } from './key-material.ts';
import { decodeLuks1, LUKS1_BYTES } from './luks1-codec.ts';
import { decodeLuks2, luks2Size } from './luks2-codec.ts';
import { type Kdf, type Luks2Metadata, parseLuks2Json } from './luks2-json.ts';
import { luksVersion } from './magic.ts';
import { pbkdf2 } from './pbkdf2.ts';

const SECTOR = 512;
const LUKS1_DIGEST_BYTES = 20;

/** A keyslot of either version. */
interface Slot {
  readonly kdf: Kdf;
  readonly derivedBytes: number;
  readonly materialAt: number;
  readonly stripes: number;
  readonly stripesHash: string;
}

/** A header of either version, as far as its data are opened with it. */
export interface LuksHeader {
  readonly version: 1 | 2;
  readonly encryption: string;
  readonly sectorBytes: number;
  readonly dataOffset: number;
  readonly keyBytes: number;
  readonly slots: readonly Slot[];
  isKey(key: Uint8Array): Task<boolean>;
}

/** Reads a stretch of the image from its start. */
export type HeaderReader = (off: number, len: number) => Task<Uint8Array>;

/**
 * The header at an image's start. Undefined for one that is cut off or damaged. EOPNOTSUPP for a cipher that is not there.
 */
export function parseLuks(bytes: Uint8Array): LuksHeader | undefined {
  const version = luksVersion(bytes);
  const header = version === 1 ? parseLuks1(bytes) : version === 2 ? parseLuks2(bytes) : undefined;
  if (header === undefined) return undefined;
  if (header.encryption !== 'aes-xts-plain64' || (header.keyBytes !== 32 && header.keyBytes !== 64)) {
    throw new CephError('EOPNOTSUPP', `cipher ${header.encryption} with a key of ${header.keyBytes} bytes`);
  }
  return header;
}

function parseLuks1(bytes: Uint8Array): LuksHeader | undefined {
  if (bytes.length < LUKS1_BYTES) return undefined;
  const header = decodeLuks1(bytes);
  const { keyBytes, hash, digest, digestSalt, digestIterations } = header;
  const slots = header.slots
    .filter(({ enabled }) => enabled)
    .map(({ iterations, salt, material_sectors, stripes }) => ({
      kdf: { type: 'pbkdf2', hash, iterations, salt } as const,
      derivedBytes: keyBytes,
      materialAt: material_sectors * SECTOR,
      stripes,
      stripesHash: hash,
    }));
  return {
    version: 1,
    encryption: `${header.cipher}-${header.cipherMode}`,
    sectorBytes: SECTOR,
    dataOffset: header.payload_sectors * SECTOR,
    keyBytes,
    slots,
    *isKey(key) {
      const cost = { hash, iterations: digestIterations };
      return equalBytes(yield* pbkdf2(key, digestSalt, cost, LUKS1_DIGEST_BYTES), digest);
    },
  };
}

function parseLuks2(bytes: Uint8Array): LuksHeader | undefined {
  const metadata = readLuks2(bytes);
  if (metadata === undefined) return undefined;
  const { digest } = metadata;
  return {
    version: 2,
    encryption: metadata.encryption,
    sectorBytes: metadata.sectorBytes,
    dataOffset: metadata.dataOffset,
    keyBytes: metadata.slots[0]?.keyBytes ?? 0,
    slots: metadata.slots
      .filter(({ areaEncryption }) => areaEncryption === 'aes-xts-plain64')
      .map((slot) => ({ ...slot, derivedBytes: slot.areaKeyBytes, materialAt: slot.areaOffset })),
    *isKey(key) {
      return equalBytes(yield* pbkdf2(key, digest.salt, digest, digest.digest.length), digest.digest);
    },
  };
}

function readLuks2(bytes: Uint8Array): Luks2Metadata | undefined {
  const size = luks2Size(bytes);
  if (size === undefined || size > bytes.length) return undefined;
  const json = decodeLuks2(bytes.subarray(0, size));
  try {
    return json === undefined ? undefined : parseLuks2Json(json);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** The key of the data, from whichever keyslot the passphrase opens. EPERM where it opens none; ENOENT without keyslots. */
export function* unlock(
  header: LuksHeader,
  passphrase: Uint8Array,
  read: HeaderReader,
  onProgress: OnProgress = NO_PROGRESS,
): Task<Uint8Array> {
  if (header.slots.length === 0) throw new CephError('ENOENT', 'no usable keyslot');
  for (const slot of header.slots) {
    const key = yield* openSlot(header, slot, passphrase, read, onProgress);
    if (key !== null) return key;
  }
  throw new CephError('EPERM', 'no keyslot opens with this passphrase');
}

function* openSlot(
  header: LuksHeader,
  slot: Slot,
  passphrase: Uint8Array,
  read: HeaderReader,
  onProgress: OnProgress,
): Task<Uint8Array | null> {
  const length = header.keyBytes * slot.stripes;
  const fits = slot.stripes > 0 && slot.stripes <= 4000 && slot.materialAt + length <= header.dataOffset;
  if (!fits || (slot.derivedBytes !== 32 && slot.derivedBytes !== 64)) return null;
  const material = yield* read(slot.materialAt, length);
  if (material.length < length) return null;
  const key = openKey(
    material,
    yield* deriveKey(slot.kdf, passphrase, slot.derivedBytes, onProgress),
    header.keyBytes,
    slot.stripesHash,
  );
  return (yield* header.isKey(key)) ? key : null;
}
