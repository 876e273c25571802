import type { Allocation } from './allocation.ts';
import { DESCRIPTOR_BYTES, type Geometry, groupRun, type Run, superRun } from './geometry.ts';
import { LOST_FOUND_INODE } from './inodes.ts';
import { checksum, Structure, setBits } from './structure.ts';

const INODE_UNINIT = 1;
const BLOCK_UNINIT = 2;
const ITABLE_ZEROED = 4;

/** What is in use of a group. */
export interface GroupState {
  /** Null where it can be told from the group's number: superblocks alone. */
  readonly blockBitmap: Uint8Array | null;
  /** Null where no inode is in use. */
  readonly inodeBitmap: Uint8Array | null;
  readonly freeBlocks: number;
  readonly freeInodes: number;
  readonly directories: number;
}

export function groupState(geometry: Geometry, { used }: Allocation, group: number): GroupState {
  const own = groupRun(geometry, group);
  const bitmap = new Uint8Array(geometry.blockBytes);
  const supers = superRun(geometry, group);
  let usedBlocks = 0;
  const mark = (run: Run): void => {
    const from = Math.max(run.start, own.start);
    const to = Math.min(run.start + run.length, own.start + own.length);
    if (from >= to) return;
    setBits(bitmap, from - own.start, to - own.start);
    usedBlocks += to - from;
  };
  for (const run of used) mark(run);
  const isPlain = usedBlocks === 0 && group < geometry.groups - 1;
  if (supers !== null) mark(supers);
  setBits(bitmap, own.length, 8 * geometry.blockBytes);
  const inodes = group === 0 ? LOST_FOUND_INODE : 0;
  return {
    blockBitmap: isPlain ? null : bitmap,
    inodeBitmap: inodes === 0 ? null : inodeBitmap(geometry, inodes),
    freeBlocks: own.length - usedBlocks,
    freeInodes: geometry.inodesPerGroup - inodes,
    directories: group === 0 ? 2 : 0,
  };
}

function inodeBitmap({ blockBytes, inodesPerGroup }: Geometry, inodes: number): Uint8Array {
  const bitmap = new Uint8Array(blockBytes);
  setBits(bitmap, 0, inodes);
  setBits(bitmap, inodesPerGroup, 8 * blockBytes);
  return bitmap;
}

/** A group's descriptor, with checksums of its bitmaps and of itself. */
export function descriptor(
  geometry: Geometry,
  allocation: Allocation,
  group: number,
  state: GroupState,
  seed: number,
): Uint8Array {
  const tables = allocation.tables[group];
  const { freeBlocks, freeInodes, directories, blockBitmap, inodeBitmap } = state;
  const flags = ITABLE_ZEROED | (inodeBitmap === null ? INODE_UNINIT : 0) | (blockBitmap === null ? BLOCK_UNINIT : 0);
  const out = new Structure(DESCRIPTOR_BYTES);
  if (tables === undefined) return out.bytes;
  for (const [at, block] of [tables.blockBitmap, tables.inodeBitmap, tables.inodeTable].entries())
    out.u32(4 * at, block % 2 ** 32).u32(0x20 + 4 * at, Math.floor(block / 2 ** 32));
  out.split16(0x0c, 0x2c, freeBlocks).split16(0x0e, 0x2e, freeInodes).split16(0x10, 0x30, directories);
  out.u16(0x12, flags).split16(0x1c, 0x32, freeInodes);
  if (blockBitmap !== null) {
    const bytes = blockBitmap.subarray(0, geometry.blocksPerGroup / 8);
    out.split16(0x18, 0x38, checksum(seed, bytes));
  }
  if (inodeBitmap !== null) {
    const bytes = inodeBitmap.subarray(0, geometry.inodesPerGroup / 8);
    out.split16(0x1a, 0x3a, checksum(seed, bytes));
  }
  return out.u16(0x1e, checksum(seed, group, out.bytes) & 0xffff).bytes;
}
