import { Encoder } from '../codec/denc.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { encodeAddresses, encodeUuid } from '../osdmap/wire.ts';

/** The one monitor. */
const NAME = 'a';
const RELEASE = 20;
/** All that monitors of that release can and need to do, as bits, the lower word first. */
const FEATURES = [0x8000_0fff, 1] as const;
const CLASSIC_ELECTION = 1;
const CIPHER_AES256K = 2;
/** An IPv4 address of this machine: the family, the port with its high byte first, the address. */
const loopback = (port: number): Uint8Array =>
  Uint8Array.of(2, 0, port >> 8, port & 0xff, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
const ADDRESSES = [
  { type: 2, nonce: 0, socket: loopback(3300) },
  { type: 1, nonce: 0, socket: loopback(6789) },
];

/**
 * The map of the monitors in its binary form: of the one monitor, in its first epoch.
 * @ceph src/mon/MonMap.cc MonMap::encode, mon_info_t::encode — exact, version 10 and 6
 */
export function encodeMonMap({ fsid, created_us }: OsdMap): Uint8Array {
  const encoder = new Encoder();
  encoder.struct(10, 6, (e) => {
    encodeUuid(e, fsid);
    e.u32(1).utime(created_us).utime(created_us);
    encodeFeatures(e, FEATURES);
    encodeFeatures(e, [0, 0]);
    e.u32(1).string(NAME);
    e.struct(6, 1, (info) => {
      info.string(NAME);
      encodeAddresses(info, ADDRESSES);
      // Priority, weight, and the places in the CRUSH map.
      info.u16(0).u16(0).u32(0).utime(created_us);
    });
    e.u32(1).string(NAME).u8(RELEASE);
    // Ranks that were removed, how leaders are chosen, who may not lead, no stretch mode with its tiebreaker and its dead.
    e.u32(0).u8(CLASSIC_ELECTION).u32(0).u8(0).string('').u32(0);
    // The epoch of the keys, and their ciphers: of services, all that are allowed, the best.
    e.u32(0).u32(CIPHER_AES256K).u32(1).u32(CIPHER_AES256K).u32(CIPHER_AES256K);
  });
  return encoder.finish();
}

function encodeFeatures(encoder: Encoder, [low, high]: readonly [number, number]): void {
  encoder.struct(1, 1, (e) => e.u32(low).u32(high));
}
