/** How an ext4 file system lies on a device. Blocks are counted from the device's first byte. */
export interface Geometry {
  readonly blockBytes: number;
  readonly blocks: number;
  readonly firstBlock: number;
  readonly blocksPerGroup: number;
  readonly groups: number;
  readonly inodesPerGroup: number;
  /** Of a group's table. */
  readonly inodeBlocks: number;
  /** Of all group descriptors. */
  readonly descriptorBlocks: number;
}

/** Blocks from `start` on. */
export interface Run {
  readonly start: number;
  readonly length: number;
}

export const INODE_BYTES = 256;
export const DESCRIPTOR_BYTES = 64;
/** Groups whose bitmaps and tables lie together. */
export const FLEX_GROUPS = 16;
const SMALL_BYTES = 512 * 2 ** 20;
/** A last group with fewer blocks than this beside its own tables is left out. */
const LEAST_BLOCKS = 50;

/** Null where a device is too small. @ceph none: as mke2fs 1.47 chooses sizes, without room for later growth */
export function geometryOf(deviceBytes: number, wantedBlockBytes?: number): Geometry | null {
  const blockBytes = wantedBlockBytes ?? (deviceBytes < SMALL_BYTES ? 1024 : 4096);
  const bytesPerInode = deviceBytes < SMALL_BYTES ? 4096 : 16_384;
  const firstBlock = blockBytes === 1024 ? 1 : 0;
  const blocksPerGroup = 8 * blockBytes;
  let blocks = Math.floor(deviceBytes / blockBytes);
  for (;;) {
    if (blocks * blockBytes < 2 ** 20) return null;
    const groups = Math.ceil((blocks - firstBlock) / blocksPerGroup);
    const inodesPerBlock = blockBytes / INODE_BYTES;
    const wanted = Math.ceil((blocks * blockBytes) / bytesPerInode / groups);
    const inodesPerGroup = Math.min(
      8 * blockBytes,
      Math.ceil(wanted / Math.max(8, inodesPerBlock)) * Math.max(8, inodesPerBlock),
    );
    const descriptorBlocks = Math.ceil((groups * DESCRIPTOR_BYTES) / blockBytes);
    const geometry = {
      ...{ blockBytes, blocks, firstBlock, blocksPerGroup, groups, inodesPerGroup, descriptorBlocks },
      inodeBlocks: inodesPerGroup / inodesPerBlock,
    };
    const last = groupRun(geometry, groups - 1);
    if (groups === 1 || last.length >= 1 + descriptorBlocks + LEAST_BLOCKS) return geometry;
    blocks -= last.length;
  }
}

/** The blocks of a group; the last one may have fewer. */
export function groupRun({ firstBlock, blocksPerGroup, blocks }: Geometry, group: number): Run {
  const start = firstBlock + group * blocksPerGroup;
  return { start, length: Math.min(blocksPerGroup, blocks - start) };
}

/** True for the first group and those whose number is 1 or a power of 3, 5 or 7: these keep the superblock. */
export function hasSuper(group: number): boolean {
  if (group <= 1) return true;
  return [3, 5, 7].some((base) => {
    let power = base;
    while (power < group) power *= base;
    return power === group;
  });
}

/** Superblock and descriptors at the beginning of a group, where it keeps them. */
export function superRun(geometry: Geometry, group: number): Run | null {
  return hasSuper(group) ? { start: groupRun(geometry, group).start, length: 1 + geometry.descriptorBlocks } : null;
}

/** How long a journal is. @ceph none: e2fsprogs ext2fs_default_journal_size */
export function journalBlocks(blocks: number): number {
  if (blocks < 2048) return 0;
  const steps: readonly (readonly [below: number, journal: number])[] = [
    [32_768, 1024],
    [256 * 1024, 4096],
    [512 * 1024, 8192],
    [4096 * 1024, 16_384],
    [8192 * 1024, 32_768],
    [16_384 * 1024, 65_536],
    [32_768 * 1024, 131_072],
  ];
  return steps.find(([below]) => blocks < below)?.[1] ?? 262_144;
}
