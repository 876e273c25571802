import { bytesData, bytesOfData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { sizeToRead } from '../format/size-to-read.ts';
import { ToolError } from './tool-error.ts';

/** A file's bytes; the error is what `complain` makes of the reason. */
export function* readBytes(process: Process, path: string, complain: (reason: string) => ToolError): Task<Uint8Array> {
  try {
    const file = process.files.open(path, 'read');
    const data = yield* file.readAt(0, sizeToRead(file));
    yield* file.close();
    return bytesOfData(data);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw complain(`can't open ${path}: ${cppStrerror(error.errno)}`);
  }
}

export function* writeBytes(process: Process, path: string, bytes: Uint8Array, complaint: string): Task<void> {
  try {
    const file = process.files.open(path, 'write');
    yield* file.writeAt(0, bytesData(bytes));
    yield* file.close();
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`${complaint}: ${cppStrerror(error.errno)}\n`);
  }
}

/**
 * Writes a map. Ceph tells first what went wrong, then for which file; where `named` is given, it is that without a
 * reason: of an exported CRUSH map Ceph names the file that one was imported from.
 */
export function* writeMapFile(
  process: Process,
  path: string,
  bytes: Uint8Array,
  text: string,
  named?: string,
): Task<void> {
  try {
    yield* writeBytes(process, path, bytes, '');
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const reason = error.message.slice(2, -1);
    const complaint = named === undefined ? `${text}: ${reason}` : text + named;
    throw new ToolError(`bufferlist::write_file(${path}): failed to open file: ${reason}\n${complaint}\n`);
  }
}

export function fileExists(process: Process, path: string): boolean {
  try {
    process.files.stat(path);
    return true;
  } catch (error) {
    if (error instanceof CephError) return false;
    throw error;
  }
}
