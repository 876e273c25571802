import { concatBytes } from '../../../engine/base/bytes.ts';
import { bytesData, bytesOfData, type Data } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { InputStream, OpenFile, Process } from '../../process.ts';

/** What an import reads from its beginning to its end: a file, a device, or the standard input. */
export interface ByteSource {
  /** Bytes read so far. */
  readonly position: number;
  /** Null for the standard input. */
  readonly size: number | null;
  /** Shorter at the end. */
  read(length: number): Task<Data>;
}

/** Opens a path, or the standard input for `-`. ENOENT, EISDIR and the like. */
export function openSource(process: Process, path: string): ByteSource {
  return path === '-' ? new StreamSource(process.stdin) : new FileSource(process.files.open(path, 'read'));
}

/** Exactly so many bytes, made now; EDOM where the source ends before. */
export function* readExact(source: ByteSource, length: number): Task<Uint8Array> {
  return bytesOfData(yield* readExactData(source, length));
}

/** The same, as data. */
export function* readExactData(source: ByteSource, length: number): Task<Data> {
  const data = yield* source.read(length);
  if (data.length < length) throw new CephError('EDOM', 'unexpected end');
  return data;
}

class FileSource implements ByteSource {
  readonly #file: OpenFile;
  position = 0;

  constructor(file: OpenFile) {
    if (file.kind === 'directory') throw new CephError('EISDIR');
    this.#file = file;
  }

  get size(): number {
    return this.#file.size();
  }

  *read(length: number): Task<Data> {
    const data = yield* this.#file.readAt(this.position, length);
    this.position += data.length;
    return data;
  }
}

class StreamSource implements ByteSource {
  readonly size = null;
  readonly #stream: InputStream;
  position = 0;

  constructor(stream: InputStream) {
    this.#stream = stream;
  }

  *read(length: number): Task<Data> {
    const parts: Uint8Array[] = [];
    let left = length;
    while (left > 0) {
      const part = yield* this.#stream.read(left);
      if (part === null) break;
      parts.push(part.slice());
      left -= part.length;
    }
    this.position += length - left;
    return bytesData(concatBytes(parts));
  }
}
