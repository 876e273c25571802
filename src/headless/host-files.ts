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
import { bytesData, bytesOfData, concatData, type Data, holeData } from '../engine/base/data.ts';
import { CephError, ERRNO, type ErrnoName } from '../engine/base/errno.ts';
import type { Task } from '../engine/base/task.ts';
import type { FileStat, FileSystem, InputStream, OpenFile, OpenMode } from '../terminal/process.ts';

const FLAGS: Readonly<Record<OpenMode, readonly string[]>> = {
  read: ['r'],
  write: ['w'],
  // Whichever of the two is there: a file that is kept, or a new one.
  update: ['r+', 'w+'],
  append: ['a'],
  exclusive: ['wx'],
};

/** The files of the host, as programs of the simulated machine see files. */
export const hostFiles: FileSystem = filesIn(() => process.cwd(), openHostFile);

/** The same for a program whose working directory and standard input are another process's. */
export function hostFilesIn(cwd: string, stdin: InputStream): FileSystem {
  return filesIn(
    () => cwd,
    (path, mode) => (OWN_INPUT.includes(path) ? new InputFile(stdin) : openHostFile(path, mode)),
  );
}

/** Names of a process's own standard input. */
const OWN_INPUT = ['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

function filesIn(cwd: () => string, open: (path: string, mode: OpenMode) => OpenFile): FileSystem {
  const absolute = (path: string): string => (path === '' ? '' : resolve(cwd(), path));
  return {
    get cwd() {
      return cwd();
    },
    open: (path, mode) => open(absolute(path), mode),
    stat: (path) => orCephError(() => statOf(absolute(path))),
    list: (path) => orCephError(() => readdirSync(absolute(path)).sort()),
    remove: (path) => orCephError(() => rmSync(absolute(path))),
    makeDirectory: (path) => orCephError(() => mkdirSync(absolute(path))),
    rename: (from, to) => orCephError(() => renameSync(absolute(from), absolute(to))),
    resolve: absolute,
  };
}

function statOf(path: string): FileStat {
  const stat = statSync(path);
  return { kind: stat.isDirectory() ? 'directory' : 'file', size: stat.size, modified_us: stat.mtimeMs * 1000 };
}

function openHostFile(path: string, mode: OpenMode): OpenFile {
  const [first = 'r', second] = FLAGS[mode];
  const fd = orCephError(() => {
    // Opening or reading a pipe would stop everything until somebody writes to it.
    if (statSync(path, { throwIfNoEntry: false })?.isFIFO() === true) throw new CephError('EOPNOTSUPP', path);
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

/** A standard input under a file's name: what it has to give is known when it has ended. */
class InputFile implements OpenFile {
  readonly kind = 'character';
  readonly #stdin: InputStream;

  constructor(stdin: InputStream) {
    this.#stdin = stdin;
  }

  size(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** What comes next, wherever it is asked for, as from a pipe. */
  *readAt(_off: number, length: number): Task<Data> {
    const parts: Data[] = [];
    for (let left = length; left > 0; ) {
      const bytes = yield* this.#stdin.read(Math.min(left, 4 * 1024 ** 2));
      if (bytes === null) break;
      parts.push(bytesData(bytes));
      left -= bytes.length;
    }
    return concatData(parts);
  }

  *writeAt(): Task<void> {
    throw new CephError('EBADF');
  }

  *truncate(): Task<void> {
    throw new CephError('EINVAL');
  }

  *discard(): Task<void> {
    throw new CephError('EBADF');
  }

  *close(): Task<void> {}
}

function orCephError<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const name = errnoOf(error);
    if (error instanceof CephError || name === undefined) throw error;
    throw new CephError(name);
  }
}

function errnoOf(error: unknown): ErrnoName | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // The keys of ERRNO are the names.
  return typeof code === 'string' && Object.hasOwn(ERRNO, code) ? (code as ErrnoName) : undefined;
}
