import type { Allocation } from './allocation.ts';
import { DESCRIPTOR_BYTES, type Geometry, INODE_BYTES } from './geometry.ts';
import { blockMap, JOURNAL_INODE, RESERVED_INODES } from './inodes.ts';
import { CHECKSUM_START, checksum, Structure } from './structure.ts';

/** What a file system is called, and when it was made. */
export interface Identity {
  readonly uuid: Uint8Array;
  readonly hashSeed: Uint8Array;
  readonly label: string;
  readonly time_s: number;
}

const MAGIC = 0xef53;
/** Reserved for root. */
const RESERVED_PERCENT = 5;
const HAS_JOURNAL = 0x4;
/** ext_attr, dir_index. */
const COMPATIBLE = 0x8 | 0x20;
/** filetype, extent, 64bit, flex_bg. */
const INCOMPATIBLE = 0x2 | 0x40 | 0x80 | 0x200;
/** sparse_super, large_file, huge_file, dir_nlink, extra_isize, metadata_csum. */
const READ_ONLY_COMPATIBLE = 0x1 | 0x2 | 0x8 | 0x20 | 0x40 | 0x400;
const HALF_MD4 = 1;
const SIGNED_HASH = 1;
const CRC32C = 1;
const XATTR_AND_ACL = 0xc;
const LOG_FLEX_GROUPS = 4;
const EXTRA_BYTES = 32;

export interface FreeCounts {
  readonly blocks: number;
  readonly inodes: number;
}

/** The 1024 bytes of a superblock; `group` is the one that it lies in. */
export function superblock(
  geometry: Geometry,
  { journal }: Allocation,
  identity: Identity,
  free: FreeCounts,
  group: number,
): Uint8Array {
  const { blocks, groups, inodesPerGroup, blocksPerGroup, firstBlock, blockBytes } = geometry;
  const { time_s } = identity;
  const reserved = Math.floor((blocks * RESERVED_PERCENT) / 100);
  const logBlock = Math.log2(blockBytes / 1024);
  const low = (value: number): number => value % 2 ** 32;
  const high = (value: number): number => Math.floor(value / 2 ** 32);
  const out = new Structure(1024)
    .u32(0, groups * inodesPerGroup, low(blocks), low(reserved), low(free.blocks), free.inodes, firstBlock)
    .u32(0x18, logBlock, logBlock, blocksPerGroup, blocksPerGroup, inodesPerGroup, 0, time_s)
    .u16(0x36, 0xffff)
    .u16(0x38, MAGIC)
    .u16(0x3a, 1)
    .u16(0x3c, 1)
    .u32(0x40, time_s, 0, 0, 1)
    .u32(0x54, RESERVED_INODES + 1)
    .u16(0x58, INODE_BYTES)
    .u16(0x5a, group)
    .u32(0x5c, COMPATIBLE | (journal.length > 0 ? HAS_JOURNAL : 0), INCOMPATIBLE, READ_ONLY_COMPATIBLE)
    .put(0x68, identity.uuid)
    .text(0x78, identity.label.slice(0, 16))
    .u32(0xe0, journal.length > 0 ? JOURNAL_INODE : 0)
    .put(0xec, identity.hashSeed)
    .u8(0xfc, HALF_MD4)
    .u16(0xfe, DESCRIPTOR_BYTES)
    .u32(0x100, XATTR_AND_ACL)
    .u32(0x108, time_s)
    .u32(0x150, high(blocks), high(reserved), high(free.blocks))
    .u16(0x15c, EXTRA_BYTES)
    .u16(0x15e, EXTRA_BYTES)
    .u32(0x160, SIGNED_HASH)
    .u8(0x174, LOG_FLEX_GROUPS, CRC32C);
  if (journal.length > 0) backUpJournal(out, geometry, journal);
  return out.u32(0x3fc, checksum(CHECKSUM_START, out.bytes.subarray(0, 0x3fc))).bytes;
}

/** The superblock knows where the journal lies, should its inode be lost. */
function backUpJournal(out: Structure, { blockBytes }: Geometry, journal: Allocation['journal']): void {
  const bytes = journal.reduce((sum, { length }) => sum + length, 0) * blockBytes;
  out
    .u8(0xfd, 1)
    .put(0x10c, blockMap(journal))
    .u32(0x10c + 60, Math.floor(bytes / 2 ** 32), bytes % 2 ** 32);
}

const JOURNAL_MAGIC = 0xc03b_3998;
const JOURNAL_SUPERBLOCK = 4;

/** The first block of a journal: an empty one. */
export function journalSuperblock(blockBytes: number, blocks: number): Uint8Array {
  return new Structure(blockBytes)
    .bigEndian32(0, JOURNAL_MAGIC, JOURNAL_SUPERBLOCK, 0, blockBytes, blocks, 1, 1)
    .bigEndian32(0x40, 1).bytes;
}
