import { bytesOfData, concatData, type Data } from '../../../engine/base/data.ts';
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

/** So many extents are collected at least before they go to the file. */
const LEAST_BATCH = 64;

/** Collects as many extents as the file has already, so that a file of many costs no more than their number. */
class FileSink implements ByteSink {
  readonly #process: Process;
  readonly #path: string;
  readonly #file: OpenFile;
  #pending: Data[] = [];
  #pendingExtents = 0;
  #writtenExtents = 0;
  #length = 0;

  constructor(process: Process, path: string) {
    this.#process = process;
    this.#path = path;
    this.#file = process.files.open(path, 'exclusive');
  }

  *write(data: Data): Task<void> {
    this.#pending.push(data);
    this.#pendingExtents += data.extents.length;
    if (this.#pendingExtents > Math.max(LEAST_BATCH, this.#writtenExtents)) yield* this.#flush();
  }

  *finish(): Task<void> {
    yield* this.#flush();
    if (this.#file.size() < this.#length) yield* this.#file.truncate(this.#length);
    yield* this.#file.close();
  }

  *discard(): Task<void> {
    yield* this.#file.close();
    this.#process.files.remove(this.#path);
  }

  *#flush(): Task<void> {
    const data = concatData(this.#pending);
    this.#pending = [];
    this.#pendingExtents = 0;
    this.#writtenExtents += data.extents.length;
    yield* this.#file.writeAt(this.#length, data);
    this.#length += data.length;
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
