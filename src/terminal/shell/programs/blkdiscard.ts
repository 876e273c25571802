import { fillData } from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, Process } from '../../process.ts';
import { openBlockDevice, SECTOR_BYTES } from './block-device.ts';
import { fail, has, type Options, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

const LONG = { offset: 'o', length: 'l', step: 'p', zeroout: 'z', verbose: 'v', force: 'f', secure: 's', quiet: 'q' };

/** `blkdiscard [-o N] [-l N] [-p N] [-z] [-v] DEVICE`: gives blocks of a device back. @ceph none: util-linux 2.40 */
export function* blkdiscard(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'o:l:p:zvfsq', long: LONG }, function* (options) {
    const [path, extra] = options.operands;
    if (path === undefined) return yield* fail(process, 'no device specified');
    if (extra !== undefined) return yield* fail(process, 'unexpected number of arguments');
    const file = yield* openBlockDevice(process, path);
    if (file === null) return 1;
    const range = rangeOf(options, file.size());
    if (typeof range === 'string') return yield* fail(process, `${path}: ${range}`);
    try {
      if (has(options, 's')) throw new CephError('EOPNOTSUPP', path);
      return yield* discard(process, path, file, range, options);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      const call = has(options, 'z') ? 'BLKZEROOUT' : has(options, 's') ? 'BLKSECDISCARD' : 'BLKDISCARD';
      return yield* fail(process, `${path}: ${call} ioctl failed: ${strerror(error.errno)}`);
    }
  });
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** What is wrong with it, in words. */
function rangeOf(options: Options, size: number): Range | string {
  const number = (letter: string, standard: number): number | null => {
    const text = valueFor(options, letter);
    return text === undefined ? standard : sizeNumber(text);
  };
  const [from, length, step] = [number('o', 0), number('l', size), number('p', 0)];
  if (from === null) return 'failed to parse offset';
  if (length === null) return 'failed to parse length';
  if (step === null) return 'failed to parse step';
  if (from % SECTOR_BYTES !== 0) return `offset ${from} is not aligned to sector size ${SECTOR_BYTES}`;
  if (from > size) return 'offset is greater than device size';
  const to = Math.min(size, from + length);
  if ((to - from) % SECTOR_BYTES !== 0) return `length ${to - from} is not aligned to sector size ${SECTOR_BYTES}`;
  return { from, to, step: step === 0 ? Math.max(to - from, SECTOR_BYTES) : step };
}

function* discard(
  process: Process,
  path: string,
  file: OpenFile,
  { from, to, step }: Range,
  options: Options,
): Task<number> {
  const zeroes = has(options, 'z');
  for (let at = from; at < to; at += step) {
    const length = Math.min(step, to - at);
    if (zeroes) yield* file.writeAt(at, fillData(length));
    else yield* file.discard(at, length);
    const what = zeroes ? 'Zero-filled' : 'Discarded';
    if (has(options, 'v')) yield* process.stdout.write(`${path}: ${what} ${length} bytes from the offset ${at}\n`);
  }
  return 0;
}
