import { bytesOfData, type Data } from '../../base/data.ts';
import { type ByteString, bytesOfByteString } from '../../base/utf8.ts';
import { crc32c } from '../../codec/crc32c.ts';
import { encode } from '../../codec/denc.ts';
import type { Onode } from '../../os/onode.ts';

/** What a checksum begins with; that of nothing. */
export const NO_BYTES_DIGEST = 0xffffffff;

/** Bytes that are worked out at a time. */
const STEP_BYTES = 1024 * 1024;

const known = new WeakMap<Data, number>();

/** CRC-32C of content. Copies that share it are summed once. */
export function dataDigest(data: Data): number {
  let digest = known.get(data);
  if (digest !== undefined) return digest;
  digest = NO_BYTES_DIGEST;
  for (let off = 0; off < data.length; off += STEP_BYTES)
    digest = crc32c(digest, bytesOfData(data, off, Math.min(STEP_BYTES, data.length - off)));
  known.set(data, digest);
  return digest;
}

/** CRC-32C of an omap: of its header, then of its keys and values in order. @ceph src/osd/ReplicatedBackend.cc be_deep_scrub — exact */
export function omapDigest({ omap, omapHeader }: Onode): number {
  let digest = NO_BYTES_DIGEST;
  if (omapHeader.length > 0) digest = crc32c(digest, omapHeader);
  for (const key of sortedKeys(omap)) {
    const value = omap.get(key) ?? new Uint8Array();
    digest = crc32c(
      digest,
      encode((e) => e.blob(bytesOfByteString(key)).blob(value)),
    );
  }
  return digest;
}

function sortedKeys(omap: ReadonlyMap<ByteString, Uint8Array>): ByteString[] {
  return [...omap.keys()].sort((a, b) => (a < b ? -1 : 1));
}

/** True where the content of a copy is not the one that its object info has the digest of. */
export function hasWrongDigest({ data, damage, info }: Onode): boolean {
  if (damage === undefined || damage.data === null || info.dataDigest === undefined) return false;
  return dataDigest(data) !== dataDigest(damage.data);
}
