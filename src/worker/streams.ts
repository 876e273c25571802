import type { Task } from '../engine/base/task.ts';
import type { OutputChunk } from '../protocol/view.ts';
import type { OutputStream } from '../terminal/process.ts';

/** An output stream that hands its text on as it comes. Bytes are read as UTF-8, also where a character is split. */
export function textStream(
  stream: OutputChunk['stream'],
  isTty: boolean,
  put: (chunk: OutputChunk) => void,
): OutputStream {
  const decoder = new TextDecoder();
  return {
    isTty,
    *write(data): Task<void> {
      const text = typeof data === 'string' ? data : decoder.decode(data, { stream: true });
      if (text !== '') put({ stream, text });
    },
  };
}

/** An output stream that keeps what comes, as bytes. */
export class ByteStream implements OutputStream {
  readonly isTty = false;
  readonly #parts: Uint8Array[] = [];

  *write(data: string | Uint8Array): Task<void> {
    this.#parts.push(typeof data === 'string' ? new TextEncoder().encode(data) : data.slice());
  }

  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}
