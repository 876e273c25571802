import type { Run } from './geometry.ts';
import { INODE_BYTES } from './geometry.ts';
import { checksum, Structure } from './structure.ts';

export const ROOT_INODE = 2;
export const JOURNAL_INODE = 8;
export const LOST_FOUND_INODE = 11;
export const RESERVED_INODES = 10;

const DIRECTORY = 0x4000;
const REGULAR = 0x8000;
const EXTENTS_FLAG = 0x80000;
const EXTENT_MAGIC = 0xf30a;
const EXTRA_BYTES = 32;

export interface InodeSpec {
  readonly number: number;
  readonly mode: number;
  readonly links: number;
  readonly bytes: number;
  readonly runs: readonly Run[];
}

/** An inode as it lies in its table. `seed` is the file system's. */
export function inodeBytes(
  { number, mode, links, bytes, runs }: InodeSpec,
  blockBytes: number,
  time_s: number,
  seed: number,
): Uint8Array {
  const sectors = (runs.reduce((sum, { length }) => sum + length, 0) * blockBytes) / 512;
  const inode = new Structure(INODE_BYTES)
    .u16(0, mode)
    .u32(4, bytes, time_s, time_s, time_s)
    .u16(0x1a, links)
    .u32(0x1c, sectors, EXTENTS_FLAG)
    .put(0x28, blockMap(runs))
    .u32(0x6c, Math.floor(bytes / 2 ** 32))
    .u16(0x80, EXTRA_BYTES)
    .u32(0x90, time_s);
  return inode.split16(0x7c, 0x82, checksum(seed, number, 0, inode.bytes)).bytes;
}

/** The sixty bytes that say where a file's blocks lie: extents, four at most. */
export function blockMap(runs: readonly Run[]): Uint8Array {
  const map = new Structure(60).u16(0, EXTENT_MAGIC).u16(2, runs.length).u16(4, 4);
  let logical = 0;
  for (const [at, { start, length }] of runs.entries()) {
    const base = 12 + 12 * at;
    map
      .u32(base, logical)
      .u16(base + 4, length)
      .u16(base + 6, Math.floor(start / 2 ** 32))
      .u32(base + 8, start % 2 ** 32);
    logical += length;
  }
  return map.bytes;
}

export function rootInode(root: Run, blockBytes: number): InodeSpec {
  return { number: ROOT_INODE, mode: DIRECTORY | 0o755, links: 3, bytes: root.length * blockBytes, runs: [root] };
}

export function lostFoundInode(run: Run, blockBytes: number): InodeSpec {
  return { number: LOST_FOUND_INODE, mode: DIRECTORY | 0o700, links: 2, bytes: run.length * blockBytes, runs: [run] };
}

export function journalInode(runs: readonly Run[], blockBytes: number): InodeSpec {
  const blocks = runs.reduce((sum, { length }) => sum + length, 0);
  return { number: JOURNAL_INODE, mode: REGULAR | 0o600, links: 1, bytes: blocks * blockBytes, runs };
}
