import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { bytesData, bytesOfData, type Data, holeData } from '../engine/base/data.ts';
import { CephError, ERRNO, type ErrnoName } from '../engine/base/errno.ts';
import type { Task } from '../engine/base/task.ts';
import type { FileStat, FileSystem, OpenFile, OpenMode } from '../terminal/process.ts';

const FLAGS: Readonly<Record<OpenMode, readonly string[]>> = {
  read: ['r'],
  write: ['w'],
  // Whichever of the two is there: a file that is kept, or a new one.
  update: ['r+', 'w+'],
  append: ['a'],
  exclusive: ['wx'],
};

/** The files of the host, as programs of the simulated machine see files. */
export const hostFiles: FileSystem = {
  get cwd() {
    return process.cwd();
  },
  open: (path, mode) => openHostFile(path, mode),
  stat: (path) => orCephError(() => statOf(path)),
  list: (path) => orCephError(() => readdirSync(path).sort()),
  remove: (path) => orCephError(() => rmSync(path)),
  makeDirectory: (path) => orCephError(() => mkdirSync(path)),
  rename: (from, to) => orCephError(() => renameSync(from, to)),
  resolve: (path) => resolve(path),
};

function statOf(path: string): FileStat {
  const stat = statSync(path);
  return { kind: stat.isDirectory() ? 'directory' : 'file', size: stat.size, modified_us: stat.mtimeMs * 1000 };
}

function openHostFile(path: string, mode: OpenMode): OpenFile {
  const [first = 'r', second] = FLAGS[mode];
  const fd = orCephError(() => {
    try {
      return openSync(path, first);
    } catch (error) {
      if (second === undefined || errnoOf(error) !== 'ENOENT') throw error;
      return openSync(path, second);
    }
  });
  return new HostFile(fd);
}

class HostFile implements OpenFile {
  readonly kind = 'file';
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  size(): number {
    return orCephError(() => fstatSync(this.#fd).size);
  }

  *readAt(off: number, length: number): Task<Data> {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.size() - off)));
    let at = 0;
    while (at < bytes.length) {
      const got = orCephError(() => readSync(this.#fd, bytes, at, bytes.length - at, off + at));
      if (got === 0) break;
      at += got;
    }
    return bytesData(bytes.subarray(0, at));
  }

  *writeAt(off: number, data: Data): Task<void> {
    const bytes = bytesOfData(data);
    for (let at = 0; at < bytes.length; ) {
      at += orCephError(() => writeSync(this.#fd, bytes, at, bytes.length - at, off + at));
    }
  }

  *truncate(length: number): Task<void> {
    orCephError(() => ftruncateSync(this.#fd, length));
  }

  *discard(off: number, length: number): Task<void> {
    yield* this.writeAt(off, holeData(length));
  }

  *close(): Task<void> {
    orCephError(() => closeSync(this.#fd));
  }
}

function orCephError<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const name = errnoOf(error);
    if (name === undefined) throw error;
    throw new CephError(name);
  }
}

function errnoOf(error: unknown): ErrnoName | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // The keys of ERRNO are the names.
  return typeof code === 'string' && Object.hasOwn(ERRNO, code) ? (code as ErrnoName) : undefined;
}
