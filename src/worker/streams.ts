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
