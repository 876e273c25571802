import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile } from '../../process.ts';
import type { Run } from './geometry.ts';

const SUPERBLOCK_AT = 1024;
const SUPERBLOCK_BYTES = 1024;
const MAGIC = 0xef53;
const BLOCK_UNINIT = 2;
const SPARSE_SUPER = 1;
const WIDE = 0x80;

/** What of a superblock tells where bitmaps are. */
interface Super {
  readonly blockBytes: number;
  readonly blocks: number;
  readonly firstBlock: number;
  readonly blocksPerGroup: number;
  readonly reservedDescriptors: number;
  readonly descriptorBytes: number;
  readonly isSparse: boolean;
}

/**
 * The blocks of an ext4 file system that nothing lies in, group by group, told from its bitmaps. EINVAL for what is no such
 * file system.
 */
export function* freeRuns(device: OpenFile): Task<{ readonly blockBytes: number; readonly runs: readonly Run[] }> {
  const found = yield* readSuper(device);
  const { blocks, firstBlock, blocksPerGroup, blockBytes } = found;
  const groups = Math.ceil((blocks - firstBlock) / blocksPerGroup);
  const table = yield* read(device, (firstBlock + 1) * blockBytes, groups * found.descriptorBytes);
  const runs: Run[] = [];
  for (let group = 0; group < groups; group++) {
    const start = firstBlock + group * blocksPerGroup;
    const length = Math.min(blocksPerGroup, blocks - start);
    const at = group * found.descriptorBytes;
    const isPlain = (table.getUint16(at + 0x12, true) & BLOCK_UNINIT) !== 0;
    const bitmapAt =
      table.getUint32(at, true) + (found.descriptorBytes > 32 ? table.getUint32(at + 0x20, true) * 2 ** 32 : 0);
    const bitmap = isPlain ? null : yield* read(device, bitmapAt * blockBytes, blockBytes);
    const skipped = isPlain ? superBlocks(found, group, groups) : 0;
    runs.push(...freeIn(start, length, skipped, bitmap));
  }
  return { blockBytes, runs };
}

function* readSuper(device: OpenFile): Task<Super> {
  const view = yield* read(device, SUPERBLOCK_AT, SUPERBLOCK_BYTES);
  if (view.byteLength < SUPERBLOCK_BYTES || view.getUint16(0x38, true) !== MAGIC)
    throw new CephError('EINVAL', 'no ext4');
  const isWide = (view.getUint32(0x60, true) & WIDE) !== 0;
  return {
    blockBytes: 1024 * 2 ** view.getUint32(0x18, true),
    blocks: view.getUint32(4, true) + (isWide ? view.getUint32(0x150, true) * 2 ** 32 : 0),
    firstBlock: view.getUint32(0x14, true),
    blocksPerGroup: view.getUint32(0x20, true),
    reservedDescriptors: view.getUint16(0xce, true),
    descriptorBytes: isWide ? view.getUint16(0xfe, true) : 32,
    isSparse: (view.getUint32(0x64, true) & SPARSE_SUPER) !== 0,
  };
}

function* read(device: OpenFile, off: number, length: number): Task<DataView> {
  const bytes = bytesOfData(yield* device.readAt(off, length)).slice();
  return new DataView(bytes.buffer);
}

/** What a group whose bitmap was never written has in use: a superblock with descriptors, or nothing. */
function superBlocks(found: Super, group: number, groups: number): number {
  if (found.isSparse && !isPowerOf(group)) return 0;
  return 1 + Math.ceil((groups * found.descriptorBytes) / found.blockBytes) + found.reservedDescriptors;
}

function isPowerOf(group: number): boolean {
  if (group <= 1) return true;
  return [3, 5, 7].some((base) => base ** Math.round(Math.log(group) / Math.log(base)) === group);
}

function freeIn(start: number, length: number, skipped: number, bitmap: DataView | null): Run[] {
  const runs: Run[] = [];
  let from = -1;
  for (let bit = 0; bit <= length; bit++) {
    const inBitmap = bitmap !== null && bit < length && (bitmap.getUint8(bit >> 3) & (1 << (bit & 7))) !== 0;
    const isFree = bit < length && bit >= skipped && !inBitmap;
    if (isFree && from < 0) from = bit;
    if (!isFree && from >= 0) {
      runs.push({ start: start + from, length: bit - from });
      from = -1;
    }
  }
  return runs;
}
