import type { Data } from '../engine/base/data.ts';
import type { Task } from '../engine/base/task.ts';
import type { Cluster } from '../engine/cluster/cluster.ts';
import type { Devices } from './shell/devices.ts';

/**
 * What a program of the simulated machine gets, and what it is: a task that ends with an exit code.
 * `rbd`, `dd` and `cat` are all of this one kind; the shell starts them and joins their streams.
 */
export interface Process {
  /** `argv[0]` is the program's name. */
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly files: FileSystem;
  readonly cluster: Cluster;
  readonly devices: Devices;
}

export type Program = (process: Process) => Task<number>;

export interface InputStream {
  readonly isTty: boolean;
  /** Nobody can type at it: what waits for a key there waits for Ctrl-C. */
  readonly isMute?: boolean;
  /** Up to `max` bytes, at least one; null at the end. Blocks while there is none. */
  read(max: number): Task<Uint8Array | null>;
}

export interface OutputStream {
  readonly isTty: boolean;
  /** Blocks while the reader is behind; throws EPIPE when the reader is gone. */
  write(text: string | Uint8Array): Task<void>;
}

/** Files of the simulated machine. Paths may be relative to the working directory. Errors are CephErrors. */
export interface FileSystem {
  readonly cwd: string;
  open(path: string, mode: OpenMode): OpenFile;
  stat(path: string): FileStat;
  /** Names in a directory, sorted. */
  list(path: string): string[];
  remove(path: string): void;
  makeDirectory(path: string): void;
  rename(from: string, to: string): void;
  /** Makes `path` absolute and plain (no `.` or `..`). */
  resolve(path: string): string;
}

/** read: must exist; write: made or emptied; update: made if missing, kept otherwise; append: writes go to the end. */
export type OpenMode = 'read' | 'write' | 'update' | 'append' | 'exclusive';

/** An open file or device. Content travels as {@link Data}, so that copying 4 MiB moves references. */
export interface OpenFile {
  readonly kind: FileKind;
  /** Bytes from the start to the end; Infinity for /dev/zero and /dev/urandom. */
  size(): number;
  /** Shorter than asked for at the end of the file. */
  readAt(off: number, length: number): Task<Data>;
  writeAt(off: number, data: Data): Task<void>;
  truncate(length: number): Task<void>;
  /** Frees a range where the device can (`blkdiscard`, a hole in a file). */
  discard(off: number, length: number): Task<void>;
  close(): Task<void>;
}

export type FileKind = 'file' | 'directory' | 'block' | 'character';

export interface FileStat {
  readonly kind: FileKind;
  readonly size: number;
  readonly modified_us: number;
  /** Of a symbolic link, all else being of where it leads: that place. */
  readonly link?: string;
}
