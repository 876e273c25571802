import { BigEndianFields, byteText, textBytes } from '../../../codec/big-endian.ts';

export const LUKS1_SLOTS = 8;
/** Bytes of the header without its key material. */
export const LUKS1_BYTES = 592;
const SLOTS_AT = 208;
const SLOT_BYTES = 48;
const ENABLED = 0x00ac71f3;
const DISABLED = 0x0000dead;

export interface Luks1Slot {
  readonly enabled: boolean;
  readonly iterations: number;
  /** 32 bytes. */
  readonly salt: Uint8Array;
  /** Where its key material is, in sectors of 512 bytes. */
  readonly material_sectors: number;
  readonly stripes: number;
}

/** The header of LUKS1 (LUKS On-Disk Format Specification 1.2.3, section 2). */
export interface Luks1Header {
  readonly cipher: string;
  readonly cipherMode: string;
  readonly hash: string;
  readonly payload_sectors: number;
  readonly keyBytes: number;
  /** 20 bytes. */
  readonly digest: Uint8Array;
  /** 32 bytes. */
  readonly digestSalt: Uint8Array;
  readonly digestIterations: number;
  readonly uuid: string;
  readonly slots: readonly Luks1Slot[];
}

export function encodeLuks1(header: Luks1Header): Uint8Array {
  const f = new BigEndianFields(LUKS1_BYTES);
  f.put(0, textBytes('LUKS\xba\xbe', 6)).u16(6, 1);
  f.put(8, textBytes(header.cipher, 32)).put(40, textBytes(header.cipherMode, 32)).put(72, textBytes(header.hash, 32));
  f.u32(104, header.payload_sectors).u32(108, header.keyBytes);
  f.put(112, header.digest).put(132, header.digestSalt).u32(164, header.digestIterations);
  f.put(168, textBytes(header.uuid, 40));
  for (const [index, slot] of header.slots.entries()) {
    const at = SLOTS_AT + index * SLOT_BYTES;
    f.u32(at, slot.enabled ? ENABLED : DISABLED).u32(at + 4, slot.iterations);
    f.put(at + 8, slot.salt)
      .u32(at + 40, slot.material_sectors)
      .u32(at + 44, slot.stripes);
  }
  return f.bytes;
}

export function decodeLuks1(bytes: Uint8Array): Luks1Header {
  const f = new BigEndianFields(bytes);
  const slots = Array.from({ length: LUKS1_SLOTS }, (_, index) => {
    const at = SLOTS_AT + index * SLOT_BYTES;
    return {
      enabled: f.getU32(at) === ENABLED,
      iterations: f.getU32(at + 4),
      salt: f.get(at + 8, 32),
      material_sectors: f.getU32(at + 40),
      stripes: f.getU32(at + 44),
    };
  });
  return {
    cipher: byteText(f.get(8, 32)),
    cipherMode: byteText(f.get(40, 32)),
    hash: byteText(f.get(72, 32)),
    payload_sectors: f.getU32(104),
    keyBytes: f.getU32(108),
    digest: f.get(112, 20),
    digestSalt: f.get(132, 32),
    digestIterations: f.getU32(164),
    uuid: byteText(f.get(168, 40)),
    slots,
  };
}
