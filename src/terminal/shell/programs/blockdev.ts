import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, Process } from '../../process.ts';
import { isReadOnly, openBlockDevice, SECTOR_BYTES } from './block-device.ts';
import { fail } from './options.ts';

/** What the kernel lays requests to a mapped image out in: its alloc_size. */
const IO_BYTES = 65_536;
const READ_AHEAD_SECTORS = 8192;

const QUERIES: Readonly<Record<string, (file: OpenFile, process: Process, path: string) => number>> = {
  getsize64: (file) => file.size(),
  getsz: (file) => Math.floor(file.size() / SECTOR_BYTES),
  getsize: (file) => Math.floor(file.size() / SECTOR_BYTES),
  getss: () => SECTOR_BYTES,
  getpbsz: () => SECTOR_BYTES,
  getbsz: () => 4096,
  getiomin: () => IO_BYTES,
  getioopt: () => IO_BYTES,
  getalignoff: () => 0,
  getra: () => READ_AHEAD_SECTORS,
  getro: (_, process, path) => Number(isReadOnly(process, path)),
};

/** `blockdev --getsize64 DEVICE…`: what the kernel says of block devices. */
export function* blockdev(process: Process): Task<number> {
  const words = process.argv.slice(1);
  const queries = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  const paths = words.filter((word) => !word.startsWith('--'));
  const unknown = queries.find((query) => QUERIES[query] === undefined && query !== 'flushbufs');
  if (unknown !== undefined) return yield* fail(process, `Unknown command: --${unknown}`);
  if (queries.length === 0 || paths.length === 0) {
    return yield* fail(process, "no device specified\nTry 'blockdev --help' for more information.");
  }
  for (const path of paths) {
    const file = yield* openBlockDevice(process, path);
    if (file === null) return 1;
    for (const query of queries) {
      const answer = QUERIES[query]?.(file, process, path);
      if (answer !== undefined) yield* process.stdout.write(`${answer}\n`);
    }
  }
  return 0;
}
