import { bytesData } from '../../../engine/base/data.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile } from '../../process.ts';
import { type Allocation, allocate } from './allocation.ts';
import { directoryBlock } from './directories.ts';
import { type Geometry, groupRun, hasSuper } from './geometry.ts';
import { descriptor, type GroupState, groupState } from './group-descriptors.ts';
import { inodeBytes, journalInode, LOST_FOUND_INODE, lostFoundInode, ROOT_INODE, rootInode } from './inodes.ts';
import { CHECKSUM_START, checksum, Structure } from './structure.ts';
import { type Identity, journalSuperblock, superblock } from './superblock.ts';

/** What lies where before anything is written. */
export interface Plan {
  readonly geometry: Geometry;
  readonly allocation: Allocation;
  readonly states: readonly GroupState[];
}

/** Null where the device is too small. */
export function planExt4(geometry: Geometry): Plan | null {
  const allocation = allocate(geometry);
  if (allocation === null) return null;
  const states = Array.from({ length: geometry.groups }, (_, group) => groupState(geometry, allocation, group));
  return { geometry, allocation, states };
}

/** So many blocks of the journal. */
export function journalLength({ allocation }: Plan): number {
  return allocation.journal.reduce((sum, { length }) => sum + length, 0);
}

/**
 * Writes an empty ext4 file system: what lies on a device that was discarded before is left as it is where it must be zero.
 * What it writes, e2fsck takes for clean.
 */
export function* writeExt4(device: OpenFile, plan: Plan, identity: Identity): Task<void> {
  const { geometry } = plan;
  const seed = checksum(CHECKSUM_START, identity.uuid);
  const write = (block: number, bytes: Uint8Array) => device.writeAt(block * geometry.blockBytes, bytesData(bytes));
  yield* writeBitmaps(plan, write);
  yield* writeFiles(plan, identity.time_s, seed, write);
  yield* writeSuperblocks(device, plan, identity, seed);
}

type Write = (block: number, bytes: Uint8Array) => Task<void>;

function* writeBitmaps({ allocation, states }: Plan, write: Write): Task<void> {
  for (const [group, { blockBitmap, inodeBitmap }] of states.entries()) {
    const tables = allocation.tables[group];
    if (tables === undefined) continue;
    if (blockBitmap !== null) yield* write(tables.blockBitmap, blockBitmap);
    if (inodeBitmap !== null) yield* write(tables.inodeBitmap, inodeBitmap);
  }
}

/** The root directory, lost+found, and an empty journal, with their inodes. */
function* writeFiles({ geometry, allocation }: Plan, time_s: number, seed: number, write: Write): Task<void> {
  const { blockBytes, inodeBlocks } = geometry;
  const { root, lostFound, journal, tables } = allocation;
  const own = [rootInode(root, blockBytes), lostFoundInode(lostFound, blockBytes)];
  const inodes = journal.length > 0 ? [...own, journalInode(journal, blockBytes)] : own;
  const table = new Structure(Math.min(inodeBlocks * blockBytes, Math.max(blockBytes, 4096)));
  for (const inode of inodes) table.put((inode.number - 1) * 256, inodeBytes(inode, blockBytes, time_s, seed));
  yield* write(tables[0]?.inodeTable ?? 0, table.bytes);
  const up = { inode: ROOT_INODE, name: '..' };
  const found = { inode: LOST_FOUND_INODE, name: 'lost+found' };
  yield* write(root.start, directoryBlock(ROOT_INODE, [{ inode: ROOT_INODE, name: '.' }, up, found], blockBytes, seed));
  const first = [{ inode: LOST_FOUND_INODE, name: '.' }, up];
  for (let at = 0; at < lostFound.length; at++) {
    const entries = at === 0 ? first : [];
    yield* write(lostFound.start + at, directoryBlock(LOST_FOUND_INODE, entries, blockBytes, seed));
  }
  const blocks = journal.reduce((sum, { length }) => sum + length, 0);
  if (journal[0] !== undefined) yield* write(journal[0].start, journalSuperblock(blockBytes, blocks));
}

/** Superblock and descriptors, of the first group and of those that keep a copy of them. */
function* writeSuperblocks(device: OpenFile, plan: Plan, identity: Identity, seed: number): Task<void> {
  const { geometry, allocation, states } = plan;
  const { blockBytes, descriptorBlocks, groups } = geometry;
  const table = new Uint8Array(descriptorBlocks * blockBytes);
  for (const [group, state] of states.entries())
    table.set(descriptor(geometry, allocation, group, state, seed), group * 64);
  const blocks = states.reduce((sum, { freeBlocks }) => sum + freeBlocks, 0);
  const inodes = states.reduce((sum, { freeInodes }) => sum + freeInodes, 0);
  for (let group = 0; group < groups; group++) {
    if (!hasSuper(group)) continue;
    const at = groupRun(geometry, group).start * blockBytes;
    const bytes = superblock(geometry, allocation, identity, { blocks, inodes }, group);
    // In blocks of 4 KiB the first superblock has room for a boot loader before it.
    yield* device.writeAt(group === 0 ? 1024 : at, bytesData(bytes));
    yield* device.writeAt(at + blockBytes, bytesData(table));
  }
}
