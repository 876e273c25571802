import { checksum, Structure } from './structure.ts';

export interface DirectoryEntry {
  readonly inode: number;
  readonly name: string;
}

const TAIL_BYTES = 12;
const DIRECTORY_TYPE = 2;
const TAIL_TYPE = 0xde;

/** A block of a directory: its entries, the last one reaching to the checksum at its end. All of them are directories. */
export function directoryBlock(
  owner: number,
  entries: readonly DirectoryEntry[],
  blockBytes: number,
  seed: number,
): Uint8Array {
  const end = blockBytes - TAIL_BYTES;
  const block = new Structure(blockBytes);
  let at = 0;
  for (const [index, { inode, name }] of entries.entries()) {
    const length = index === entries.length - 1 ? end - at : 8 + Math.ceil(name.length / 4) * 4;
    block
      .u32(at, inode)
      .u16(at + 4, length)
      .u8(at + 6, name.length, DIRECTORY_TYPE)
      .text(at + 8, name);
    at += length;
  }
  if (entries.length === 0) block.u16(4, end);
  block.u16(end + 4, TAIL_BYTES).u8(end + 7, TAIL_TYPE);
  return block.u32(end + 8, checksum(seed, owner, 0, block.bytes.subarray(0, end))).bytes;
}
