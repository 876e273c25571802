import { writeSync } from 'node:fs';
import { CephError } from '../engine/base/errno.ts';

/** Writes all bytes before it returns, so that output comes while a script runs. EPIPE where nobody reads any more. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSome(fd, bytes.subarray(at));
}

function writeSome(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    // A full pipe whose reader is slow: try again.
    if (code === 'EAGAIN') return 0;
    throw code === 'EPIPE' ? new CephError('EPIPE') : error;
  }
}
