import { bytesOfData, type Data, sliceData, storedRanges } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, OutputStream, Process } from '../../process.ts';

/** What an export writes from its beginning to its end: a new file, or the standard output. */
export interface ByteSink {
  /** Holes of the data become holes of a file, and zeros on a stream. */
  write(data: Data): Task<void>;
  /** Gives a file its length, and closes it. */
  finish(): Task<void>;
  /** Takes a file that was made away again. */
  discard(): Task<void>;
}

/** Makes a file that must not be there yet, or takes the standard output for `-`. EEXIST and the like. */
export function openSink(process: Process, path: string): ByteSink {
  if (path === '-') return new StreamSink(process.stdout);
  refuseExisting(process, path);
  return new FileSink(process, path);
}

function refuseExisting({ files }: Process, path: string): void {
  try {
    files.stat(path);
  } catch (error) {
    if (error instanceof CephError && error.is('ENOENT')) return;
    throw error;
  }
  throw new CephError('EEXIST', path);
}

class FileSink implements ByteSink {
  readonly #process: Process;
  readonly #path: string;
  readonly #file: OpenFile;
  #length = 0;

  constructor(process: Process, path: string) {
    this.#process = process;
    this.#path = path;
    this.#file = process.files.open(path, 'exclusive');
  }

  *write(data: Data): Task<void> {
    for (const { off, len } of storedRanges(data)) {
      yield* this.#file.writeAt(this.#length + off, sliceData(data, off, len));
    }
    this.#length += data.length;
  }

  *finish(): Task<void> {
    if (this.#file.size() < this.#length) yield* this.#file.truncate(this.#length);
    yield* this.#file.close();
  }

  *discard(): Task<void> {
    yield* this.#file.close();
    this.#process.files.remove(this.#path);
  }
}

/** Bytes are made a piece at a time. */
const PIECE_BYTES = 1024 * 1024;

class StreamSink implements ByteSink {
  readonly #stream: OutputStream;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  *write(data: Data): Task<void> {
    for (let off = 0; off < data.length; off += PIECE_BYTES) {
      yield* this.#stream.write(bytesOfData(data, off, Math.min(PIECE_BYTES, data.length - off)));
    }
  }

  *finish(): Task<void> {}

  *discard(): Task<void> {}
}
