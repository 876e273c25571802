import { concatBytes } from '../../../engine/base/bytes.ts';
import { bytesData, bytesOfData } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { InputStream, OpenFile, OutputStream } from '../../process.ts';

/** The three descriptors of a command. */
export interface Streams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** An input that is at its end, as `/dev/null` is. */
export const NO_INPUT: InputStream = {
  isTty: false,
  *read() {
    return null;
  },
};

/** The page's terminal: lines are typed there, but not to what runs. */
export const MUTE_KEYS: InputStream = { ...NO_INPUT, isTty: true, isMute: true };

/** A descriptor that was closed (`2>&-`). */
export const CLOSED_OUTPUT: OutputStream = {
  isTty: false,
  *write() {
    throw new CephError('EBADF');
  },
};

/** An input that reads a text or bytes that are there already. */
export class BytesInput implements InputStream {
  readonly isTty = false;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(content: string | Uint8Array) {
    this.#bytes = typeof content === 'string' ? utf8Encode(content) : content;
  }

  *read(max: number): Task<Uint8Array | null> {
    if (this.#at >= this.#bytes.length) return null;
    const chunk = this.#bytes.subarray(this.#at, this.#at + max);
    this.#at += chunk.length;
    return chunk;
  }
}

/** Reads a file from its beginning; commands that share it share its position. */
export class FileInput implements InputStream {
  readonly isTty = false;
  readonly file: OpenFile;
  #at = 0;

  constructor(file: OpenFile) {
    this.file = file;
  }

  *read(max: number): Task<Uint8Array | null> {
    const data = yield* this.file.readAt(this.#at, max);
    this.#at += data.length;
    return data.length === 0 ? null : bytesOfData(data);
  }
}

/** Writes a file from its beginning (or, where it was opened so, at its end). */
export class FileOutput implements OutputStream {
  readonly isTty = false;
  readonly file: OpenFile;
  #at = 0;

  constructor(file: OpenFile) {
    this.file = file;
  }

  *write(text: string | Uint8Array): Task<void> {
    const bytes = typeof text === 'string' ? utf8Encode(text) : text.slice();
    yield* this.file.writeAt(this.#at, bytesData(bytes));
    this.#at += bytes.length;
  }
}

/** Keeps what is written, for `$( )` and for tests. */
export class CaptureOutput implements OutputStream {
  readonly isTty = false;
  readonly #parts: Uint8Array[] = [];
  readonly #most: number;
  #bytes = 0;

  /** ENOMEM for more than `most` bytes. */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  *write(text: string | Uint8Array): Task<void> {
    this.#bytes += text.length;
    if (this.#bytes > this.#most) throw new CephError('ENOMEM');
    this.#parts.push(typeof text === 'string' ? utf8Encode(text) : text.slice());
  }

  bytes(): Uint8Array {
    return concatBytes(this.#parts);
  }
}
