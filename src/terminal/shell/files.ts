import { type Data, NO_DATA, overwriteData, punchData, sliceData, truncateData } from '../../engine/base/data.ts';
import { CephError } from '../../engine/base/errno.ts';
import { type RecordStore, type Table, tableName } from '../../engine/base/records.ts';
import type { Rng } from '../../engine/base/rng.ts';
import type { FileKind, FileStat, FileSystem, OpenFile, OpenMode } from '../process.ts';
import { accessTime_us } from './access-time.ts';
import { DEVICE_NAMES, type DeviceAccess, openDevice } from './dev-files.ts';
import { type FixedFiles, fixedStat, NOTHING_FIXED, openFixed } from './fixed-files.ts';
import { baseName, parentOf, resolvePath } from './paths.ts';

/** A file or directory, under its absolute path. */
interface FileRecord {
  readonly kind: 'file' | 'directory';
  readonly data: Data;
  readonly modified_us: number;
}

const FILES = tableName<FileRecord>('shell/files');

/** Bytes that files may hold as bytes (fills, random streams and holes are free); beyond it is ENOSPC. */
export const CAPACITY_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 20_000;
const LONGEST_NAME = 255;

/** Directories that are always there. */
const BASE_DIRECTORIES: ReadonlySet<string> = new Set([
  '/',
  '/root',
  '/tmp',
  '/dev',
  '/home',
  '/mnt',
  '/etc',
  '/var',
  '/var/lib',
  '/var/lib/ceph',
]);

/** What the files need of the machine: records, chance, time. */
export interface FilesHost {
  readonly records: RecordStore;
  readonly rng: Rng;
  now_us(): number;
}

/** What a view of the files depends on: where a command stands, and its streams and devices. */
export interface ViewOptions extends DeviceAccess {
  readonly cwd: string;
}

/** Files of the simulated machine, kept in the records. */
export class Files {
  readonly #table: Table<FileRecord>;
  readonly #host: FilesHost;
  /** What stands beside the files that commands made, and cannot be changed. */
  readonly #fixed: FixedFiles;
  /** At least the bytes that files hold; counted anew when it seems too much. */
  #heldBytes = 0;

  constructor(host: FilesHost, fixed: FixedFiles = NOTHING_FIXED) {
    this.#host = host;
    this.#fixed = fixed;
    this.#table = host.records.table(FILES);
  }

  /** Counts the bytes held; to be called where records may have been brought back or taken away. */
  recount(): void {
    const sources = new Set<Uint8Array>();
    for (const { data } of this.#table.values()) {
      for (const { source } of data.extents) if (source.kind === 'bytes') sources.add(source.bytes);
    }
    this.#heldBytes = [...sources].reduce((sum, bytes) => sum + bytes.length, 0);
  }

  /** The files as a command sees them. */
  view(options: ViewOptions): FileSystem {
    const resolve = (path: string): string => resolvePath(options.cwd, path);
    return {
      cwd: options.cwd,
      resolve,
      open: (path, mode) => this.#open(resolve(path), mode, path, options),
      stat: (path) => this.#stat(resolve(path), path, options),
      list: (path) => this.#list(resolve(path), options),
      remove: (path) => this.#remove(resolve(path)),
      makeDirectory: (path) => this.#makeDirectory(resolve(path)),
      rename: (from, to) => this.#rename(resolve(from), resolve(to)),
    };
  }

  /** Puts a file there whole: an upload, or a file of a recorded session. */
  put(path: string, data: Data): void {
    this.#store(path, { kind: 'file', data, modified_us: this.#host.now_us() });
  }

  /** The file's content; undefined where there is no file. */
  get(path: string): Data | undefined {
    const record = this.#table.get(path);
    return record?.kind === 'file' ? record.data : undefined;
  }

  /** Takes a file away, if it is there. */
  delete(path: string): void {
    this.#table.delete(path);
  }

  /** Paths of all files and directories that commands made, sorted. */
  paths(): string[] {
    return [...this.#table.keys()].sort();
  }

  #kindOf(path: string): FileKind | null {
    if (BASE_DIRECTORIES.has(path)) return 'directory';
    return this.#table.get(path)?.kind ?? this.#fixed.at(path)?.kind ?? null;
  }

  #stat(path: string, shown: string, options: ViewOptions): FileStat {
    const record = this.#table.get(path);
    if (record !== undefined) return { kind: record.kind, size: record.data.length, modified_us: record.modified_us };
    const fixed = this.#fixed.at(path);
    if (fixed !== undefined) return fixedStat(fixed);
    const modified_us = this.#host.now_us();
    if (BASE_DIRECTORIES.has(path)) return { kind: 'directory', size: 4096, modified_us };
    if (path.startsWith('/dev/')) {
      const device = openDevice(path, options, this.#host.rng);
      if (device !== null) return { kind: device.kind, size: device.kind === 'block' ? device.size() : 0, modified_us };
    }
    this.#checkParents(path);
    throw new CephError('ENOENT', shown);
  }

  #open(path: string, mode: OpenMode, shown: string, options: ViewOptions): OpenFile {
    if (path.startsWith('/dev/')) {
      const device = openDevice(path, options, this.#host.rng);
      if (device !== null) return device;
    }
    const fixed = this.#fixed.at(path);
    if (fixed !== undefined && fixed.kind !== 'directory') return openFixed(fixed, mode);
    const kind = this.#kindOf(path);
    if (kind === 'directory') {
      if (mode !== 'read') throw new CephError('EISDIR', shown);
      return directoryFile();
    }
    if (kind === null) this.#make(path, mode, shown);
    else if (mode === 'exclusive') throw new CephError('EEXIST', shown);
    else if (shown.endsWith('/')) throw new CephError('ENOTDIR', shown);
    else if (mode === 'write') this.put(path, NO_DATA);
    return this.#file(path, mode === 'append');
  }

  #make(path: string, mode: OpenMode, shown: string): void {
    this.#checkParents(path);
    if (mode === 'read') throw new CephError('ENOENT', shown);
    if (shown.endsWith('/')) throw new CephError('EISDIR', shown);
    if (parentOf(path) === '/dev') throw new CephError('EACCES', shown);
    this.#checkChangeable(parentOf(path));
    this.put(path, NO_DATA);
  }

  #file(path: string, append: boolean): OpenFile {
    const content = this.#content(path);
    const room = (patch: Data): void => this.#checkRoom(patch);
    return {
      kind: 'file',
      size: () => content.get().length,
      *readAt(off, length) {
        const end = Math.min(off + length, content.get().length);
        yield accessTime_us(end - off);
        return end <= off ? NO_DATA : sliceData(content.get(), off, end - off);
      },
      *writeAt(off, patch) {
        yield accessTime_us(patch.length);
        room(patch);
        const data = content.get();
        content.set(overwriteData(data, append ? data.length : off, patch));
      },
      *truncate(length) {
        content.set(truncateData(content.get(), length));
      },
      *discard(off, length) {
        content.set(punchData(content.get(), off, length));
      },
      *close() {},
    };
  }

  /** What an open file holds: it goes on when the file is removed or renamed, on content of its own, as an inode does. */
  #content(path: string): { get(): Data; set(data: Data): void } {
    let orphan: Data | null = null;
    let last = this.get(path) ?? NO_DATA;
    const get = (): Data => {
      if (orphan !== null) return orphan;
      const data = this.get(path);
      if (data === undefined) orphan = last;
      else last = data;
      return last;
    };
    const set = (data: Data): void => {
      if (orphan === null) this.put(path, data);
      else orphan = data;
    };
    return { get, set };
  }

  #checkRoom(patch: Data): void {
    const bytes = patch.extents.reduce((sum, { source, len }) => sum + (source.kind === 'bytes' ? len : 0), 0);
    if (bytes === 0) return;
    if (this.#heldBytes + bytes > CAPACITY_BYTES) this.recount();
    if (this.#heldBytes + bytes > CAPACITY_BYTES) throw new CephError('ENOSPC');
    this.#heldBytes += bytes;
  }

  #store(path: string, record: FileRecord): void {
    if (baseName(path).length > LONGEST_NAME) throw new CephError('ENAMETOOLONG', path);
    if (!this.#table.has(path) && this.#table.size >= MOST_FILES) throw new CephError('ENOSPC', path);
    this.#table.set(path, record);
  }

  #list(path: string, options: ViewOptions): string[] {
    const kind = this.#kindOf(path);
    if (kind !== 'directory') {
      this.#stat(path, path, options);
      throw new CephError('ENOTDIR', path);
    }
    const fixed = this.#fixed.at(path);
    if (fixed?.kind === 'directory') return [...fixed.names()].sort();
    const names = path === '/dev' ? [...DEVICE_NAMES, ...options.devices.names()] : [];
    for (const other of [...BASE_DIRECTORIES, ...this.#table.keys()]) {
      if (other !== path && parentOf(other) === path) names.push(baseName(other));
    }
    for (const name of this.#fixed.roots) if (parentOf(name) === path) names.push(baseName(name));
    return [...new Set(names)].sort();
  }

  #remove(path: string): void {
    const kind = this.#kindOf(path);
    if (kind === null && path.startsWith('/dev/')) throw new CephError('EPERM', path);
    if (kind === null) throw new CephError('ENOENT', path);
    if (BASE_DIRECTORIES.has(path)) throw new CephError('EBUSY', path);
    this.#checkChangeable(path);
    if (kind === 'directory' && this.#inside(path).length > 0) throw new CephError('ENOTEMPTY', path);
    this.#table.delete(path);
  }

  #makeDirectory(path: string): void {
    if (this.#kindOf(path) !== null) throw new CephError('EEXIST', path);
    this.#checkParents(path);
    if (parentOf(path) === '/dev') throw new CephError('EPERM', path);
    this.#checkChangeable(parentOf(path));
    this.#store(path, { kind: 'directory', data: NO_DATA, modified_us: this.#host.now_us() });
  }

  #rename(from: string, to: string): void {
    for (const path of [from, parentOf(to)]) this.#checkChangeable(path);
    const record = this.#table.get(from);
    if (record === undefined) throw new CephError(this.#kindOf(from) === null ? 'ENOENT' : 'EBUSY', from);
    if (from === to) return;
    if (to.startsWith(`${from}/`)) throw new CephError('EINVAL', to);
    this.#checkParents(to);
    const target = this.#kindOf(to);
    if (target === 'directory' && record.kind === 'file') throw new CephError('EISDIR', to);
    if (target === 'file' && record.kind === 'directory') throw new CephError('ENOTDIR', to);
    if (target === 'directory' && this.#inside(to).length > 0) throw new CephError('ENOTEMPTY', to);
    for (const inner of this.#inside(from)) {
      const moved = this.#table.get(inner);
      if (moved !== undefined) this.#store(to + inner.slice(from.length), moved);
      this.#table.delete(inner);
    }
    this.#store(to, record);
    this.#table.delete(from);
  }

  #inside(path: string): string[] {
    return [...this.#table.keys()].filter((other) => other.startsWith(`${path}/`));
  }

  /** EROFS for what is there and cannot be changed. */
  #checkChangeable(path: string): void {
    if (this.#fixed.at(path) !== undefined) throw new CephError('EROFS', path);
  }

  /** ENOENT or ENOTDIR where the directory that `path` would lie in is none. */
  #checkParents(path: string): void {
    const parent = parentOf(path);
    const kind = this.#kindOf(parent);
    if (kind === 'directory') return;
    if (kind !== null) throw new CephError('ENOTDIR', path);
    this.#checkParents(parent);
    throw new CephError('ENOENT', path);
  }
}

function directoryFile(): OpenFile {
  return {
    kind: 'directory',
    size: () => 4096,
    *readAt() {
      throw new CephError('EISDIR');
    },
    *writeAt() {
      throw new CephError('EISDIR');
    },
    *truncate() {
      throw new CephError('EISDIR');
    },
    *discard() {
      throw new CephError('EISDIR');
    },
    *close() {},
  };
}
