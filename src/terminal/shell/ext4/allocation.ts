import { FLEX_GROUPS, type Geometry, groupRun, journalBlocks, type Run, superRun } from './geometry.ts';

/** Where a group's bitmaps and inode table lie. */
export interface GroupTables {
  readonly blockBitmap: number;
  readonly inodeBitmap: number;
  readonly inodeTable: number;
}

/** Every block that a fresh file system has in use. */
export interface Allocation {
  readonly tables: readonly GroupTables[];
  readonly root: Run;
  readonly lostFound: Run;
  readonly journal: readonly Run[];
  /** All of them, in order, without superblocks and descriptors. */
  readonly used: readonly Run[];
}

const LOST_FOUND_BYTES = 16_384;
/** So many runs an inode names by itself, each of so many blocks at most. */
const MOST_RUNS = 4;
const MOST_BLOCKS = 32_768;

/** Gives blocks out one after the other, past superblocks and what was given out before. Null at the end. */
class Allocator {
  readonly #geometry: Geometry;
  readonly #used: Run[] = [];

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
  }

  get used(): readonly Run[] {
    return [...this.#used].sort((a, b) => a.start - b.start);
  }

  /** The first run of that length from `goal` on. */
  take(goal: number, length: number): Run | null {
    let start = goal;
    for (;;) {
      const blocking = this.#blocking(start, length);
      if (start + length > this.#geometry.blocks) return null;
      if (blocking === null) break;
      start = blocking.start + blocking.length;
    }
    const run = { start, length };
    this.#used.push(run);
    return run;
  }

  #blocking(start: number, length: number): Run | null {
    const isIn = (run: Run | null): run is Run =>
      run !== null && run.start < start + length && start < run.start + run.length;
    const { firstBlock, blocksPerGroup } = this.#geometry;
    const first = Math.floor((start - firstBlock) / blocksPerGroup);
    const last = Math.floor((start + length - 1 - firstBlock) / blocksPerGroup);
    for (let group = first; group <= last; group++) {
      const run = superRun(this.#geometry, group);
      if (isIn(run)) return run;
    }
    return this.#used.find(isIn) ?? null;
  }
}

/** Null where the device has no room for its own tables. */
export function allocate(geometry: Geometry): Allocation | null {
  const allocator = new Allocator(geometry);
  const tables = allocateTables(geometry, allocator);
  if (tables === null) return null;
  const goal = geometry.firstBlock;
  const root = allocator.take(goal, 1);
  const lostFound = allocator.take(goal, Math.max(1, LOST_FOUND_BYTES / geometry.blockBytes));
  if (root === null || lostFound === null) return null;
  const journal = allocateJournal(geometry, allocator);
  return { tables, root, lostFound, journal, used: allocator.used };
}

/** Those of sixteen groups lie together in the first of them. */
function allocateTables(geometry: Geometry, allocator: Allocator): GroupTables[] | null {
  const out: GroupTables[] = [];
  for (let first = 0; first < geometry.groups; first += FLEX_GROUPS) {
    const count = Math.min(FLEX_GROUPS, geometry.groups - first);
    const goal = groupRun(geometry, first).start;
    const each = (length: number) => Array.from({ length: count }, () => allocator.take(goal, length));
    const [blockBitmaps, inodeBitmaps, inodeTables] = [each(1), each(1), each(geometry.inodeBlocks)];
    for (let at = 0; at < count; at++) {
      const [blockBitmap, inodeBitmap, inodeTable] = [blockBitmaps[at], inodeBitmaps[at], inodeTables[at]];
      if (blockBitmap == null || inodeBitmap == null || inodeTable == null) return null;
      out.push({ blockBitmap: blockBitmap.start, inodeBitmap: inodeBitmap.start, inodeTable: inodeTable.start });
    }
  }
  return out;
}

/** From the middle on, in as few runs as there can be; shorter where four of them do not reach. */
function allocateJournal(geometry: Geometry, allocator: Allocator): Run[] {
  const runs: Run[] = [];
  let left = journalBlocks(geometry.blocks);
  let goal = groupRun(geometry, Math.floor(geometry.groups / 2)).start;
  let most = Math.min(left, MOST_BLOCKS, geometry.blocksPerGroup);
  while (left > 0 && runs.length < MOST_RUNS && most > 0) {
    const run = allocator.take(goal, Math.min(left, most));
    if (run === null) {
      // A small device has its middle full: it is tried from the beginning, and shorter.
      if (goal === geometry.firstBlock) most = Math.floor(most / 2);
      goal = geometry.firstBlock;
      continue;
    }
    runs.push(run);
    left -= run.length;
    goal = run.start + run.length;
  }
  return runs;
}
