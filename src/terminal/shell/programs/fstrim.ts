import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { freeRuns } from '../ext4/free-blocks.ts';
import { openBlockDevice } from './block-device.ts';
import { fail, has, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/**
 * `fstrim [-v] [-m BYTES] DEVICE`: gives back what the file system on a device does not use. There is nothing to mount a
 * file system with here: it takes the device.
 */
export function* fstrim(process: Process): Task<number> {
  const long = { verbose: 'v', minimum: 'm' };
  return yield* withOptions(process, { letters: 'vm:', long }, function* (options) {
    const [path] = options.operands;
    if (path === undefined) return yield* fail(process, 'no device specified');
    const least = sizeNumber(valueFor(options, 'm') ?? '0') ?? 0;
    const file = yield* openBlockDevice(process, path);
    if (file === null) return 1;
    let trimmed = 0;
    try {
      const { blockBytes, runs } = yield* freeRuns(file);
      for (const { start, length } of runs) {
        if (length * blockBytes < least) continue;
        yield* file.discard(start * blockBytes, length * blockBytes);
        trimmed += length * blockBytes;
      }
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      const reason = error.is('EINVAL') ? 'there is no ext4 file system on it' : strerror(error.errno);
      return yield* fail(process, `${path}: ${reason}`);
    }
    if (has(options, 'v')) yield* process.stdout.write(`${path}: ${sizeText(trimmed)} (${trimmed} bytes) trimmed\n`);
    return 0;
  });
}

function sizeText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const text = value.toFixed(1);
  return `${text.endsWith('.0') ? text.slice(0, -2) : text} ${UNITS[unit]}`;
}
