import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, Process } from '../../process.ts';
import { fail } from './options.ts';

export const SECTOR_BYTES = 512;

/** Opens a block device by its path; tells why it cannot, and gives null. */
export function* openBlockDevice(process: Process, path: string): Task<OpenFile | null> {
  try {
    // Opening would make a file that is not there.
    process.files.stat(path);
    const file = process.files.open(path, 'update');
    if (file.kind === 'block') return file;
    yield* fail(process, `${path}: not a block device`);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* fail(process, `cannot open ${path}: ${strerror(error.errno)}`);
  }
  return null;
}

/** True for a path under /dev that names a device whose image may only be read. */
export function isReadOnly({ devices }: Process, path: string): boolean {
  return devices.find(path)?.readOnly === true;
}
