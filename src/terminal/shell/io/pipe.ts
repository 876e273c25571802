import { CephError } from '../../../engine/base/errno.ts';
import { type Task, waitUntil } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { InputStream, OutputStream } from '../../process.ts';

/** As on Linux. */
export const PIPE_BYTES = 65_536;

/**
 * A pipe between two stages: a queue of bytes. The writer blocks while it is full and gets EPIPE once the
 * reader is gone; the reader blocks while it is empty and sees the end once the writer is gone.
 */
export class Pipe implements InputStream, OutputStream {
  readonly isTty = false;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #readerGone = false;
  #writerGone = false;

  *read(max: number): Task<Uint8Array | null> {
    yield* waitUntil('waiting for the command before it in the pipe', () => this.#bytes > 0 || this.#writerGone);
    const first = this.#chunks[0];
    if (first === undefined) return null;
    const chunk = first.subarray(0, max);
    if (chunk.length === first.length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(max);
    this.#bytes -= chunk.length;
    return chunk;
  }

  *write(text: string | Uint8Array): Task<void> {
    let left = typeof text === 'string' ? utf8Encode(text) : text;
    while (left.length > 0) {
      yield* waitUntil('waiting for the next command in the pipe', () => this.#bytes < PIPE_BYTES || this.#readerGone);
      if (this.#readerGone) throw new CephError('EPIPE');
      const chunk = left.slice(0, PIPE_BYTES - this.#bytes);
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      left = left.subarray(chunk.length);
    }
  }

  closeReader(): void {
    this.#readerGone = true;
    this.#chunks.length = 0;
    this.#bytes = 0;
  }

  closeWriter(): void {
    this.#writerGone = true;
  }
}
