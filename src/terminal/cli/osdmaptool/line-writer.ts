import type { Task } from '../../../engine/base/task.ts';
import type { OutputStream } from '../../process.ts';

const CHUNK_CHARS = 64 * 1024;

/** Writes many lines in few pieces. */
export class LineWriter {
  readonly #stream: OutputStream;
  #lines: string[] = [];
  #length = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  *line(text: string): Task<void> {
    this.#lines.push(text);
    this.#length += text.length + 1;
    if (this.#length >= CHUNK_CHARS) yield* this.flush();
  }

  *flush(): Task<void> {
    if (this.#lines.length === 0) return;
    const text = `${this.#lines.join('\n')}\n`;
    this.#lines = [];
    this.#length = 0;
    yield* this.#stream.write(text);
  }
}
