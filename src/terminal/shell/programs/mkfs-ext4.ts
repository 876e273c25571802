import { fillData } from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, Process } from '../../process.ts';
import { geometryOf, groupRun, hasSuper } from '../ext4/geometry.ts';
import { journalLength, type Plan, planExt4, writeExt4 } from '../ext4/make.ts';
import type { Identity } from '../ext4/superblock.ts';
import { fail, has, type Options, valueFor, withOptions } from './options.ts';

const LONG = {};
const BLOCK_SIZES = ['1024', '2048', '4096'];
/** Blanks that wipe a count of steps away. */
const WIPE = ' '.repeat(28);

/**
 * `mkfs.ext4 [-qn] [-b BYTES] [-L LABEL] [-E nodiscard] DEVICE`: an empty ext4 file system that Linux can mount: with a journal,
 * flexible groups and checksums, without room for descriptors to grow into.
 */
export function* mkfsExt4(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'qnFb:L:E:', long: LONG }, function* (options) {
    const [path] = options.operands;
    if (path === undefined) return yield* fail(process, 'no device specified');
    const blockSize = valueFor(options, 'b');
    if (blockSize !== undefined && !BLOCK_SIZES.includes(blockSize)) {
      return yield* fail(process, `invalid block size - ${blockSize}`);
    }
    const unknown = (valueFor(options, 'E') ?? '')
      .split(',')
      .find((word) => !['', 'discard', 'nodiscard'].includes(word));
    if (unknown !== undefined)
      return yield* fail(process, `extended option ${unknown} is not there yet in Radoscope`, 95);
    if (!has(options, 'q')) yield* process.stderr.write('mke2fs 1.47.0 (5-Feb-2023)\n');
    const file = open(process, path);
    if (file === null) {
      yield* process.stdout.write(`The file ${path} does not exist and no size was specified.\n`);
      return 1;
    }
    const geometry = geometryOf(file.size(), blockSize === undefined ? undefined : Number(blockSize));
    const plan = geometry === null ? null : planExt4(geometry);
    if (plan === null) {
      return yield* fail(process, 'Not enough space to build proposed filesystem while setting up superblock');
    }
    try {
      return yield* make(process, file, plan, options);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      return yield* fail(process, `${path}: ${strerror(error.errno)} while setting up superblock`);
    }
  });
}

function open({ files }: Process, path: string): OpenFile | null {
  try {
    files.stat(path);
    return files.open(path, 'update');
  } catch (error) {
    if (error instanceof CephError) return null;
    throw error;
  }
}

function* make(process: Process, file: OpenFile, plan: Plan, options: Options): Task<number> {
  const tell = (text: string) => (has(options, 'q') ? nothing() : process.stdout.write(text));
  const discards = !(valueFor(options, 'E') ?? '').split(',').includes('nodiscard');
  const isTrial = has(options, 'n');
  const { geometry } = plan;
  const identity = identityOf(process, valueFor(options, 'L') ?? '');
  if (discards && !isTrial) {
    yield* file.discard(0, file.size());
    yield* tell(`Discarding device blocks: done${WIPE}\n`);
  }
  const { blocks, blockBytes, groups, inodesPerGroup } = geometry;
  yield* tell(
    `Creating filesystem with ${blocks} ${blockBytes / 1024}k blocks and ${groups * inodesPerGroup} inodes\n`,
  );
  yield* tell(`Filesystem UUID: ${uuidText(identity.uuid)}\n${backupsText(plan)}\n`);
  if (isTrial) return 0;
  if (!discards) yield* zeroTables(file, plan);
  yield* writeExt4(file, plan, identity);
  yield* tell(`Allocating group tables: done${WIPE}\nWriting inode tables: done${WIPE}\n`);
  if (journalLength(plan) > 0) yield* tell(`Creating journal (${journalLength(plan)} blocks): done\n`);
  yield* tell('Writing superblocks and filesystem accounting information: done\n\n');
  return 0;
}

function* nothing(): Task<void> {}

/** What may lie there from before. */
function* zeroTables(file: OpenFile, { geometry, allocation }: Plan): Task<void> {
  const { blockBytes, inodeBlocks } = geometry;
  for (const { inodeTable } of allocation.tables) {
    yield* file.writeAt(inodeTable * blockBytes, fillData(inodeBlocks * blockBytes));
  }
}

function backupsText({ geometry }: Plan): string {
  const backups: number[] = [];
  for (let group = 1; group < geometry.groups; group++)
    if (hasSuper(group)) backups.push(groupRun(geometry, group).start);
  if (backups.length === 0) return '';
  const lines: string[] = [];
  let line = '\t';
  for (const [at, block] of backups.entries()) {
    const word = `${block}${at === backups.length - 1 ? '' : ', '}`;
    if (line.length + word.length > 72) {
      lines.push(line);
      line = '\t';
    }
    line += word;
  }
  return `Superblock backups stored on blocks: \n${[...lines, line].join('\n')}\n`;
}

function identityOf({ cluster }: Process, label: string): Identity {
  return { uuid: uuid(cluster.rng), hashSeed: uuid(cluster.rng), label, time_s: Math.floor(cluster.now_us() / 1e6) };
}

/** Sixteen random bytes, with the marks of version 4. */
function uuid(rng: Process['cluster']['rng']): Uint8Array {
  const bytes = new Uint8Array(16);
  for (let at = 0; at < 16; at += 4) new DataView(bytes.buffer).setUint32(at, rng.uint32('mkfs'));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

function uuidText(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
