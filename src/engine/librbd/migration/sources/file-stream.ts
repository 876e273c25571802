import type { Cost } from '../../../base/cost.ts';
import { bytesOfData, type Data } from '../../../base/data.ts';
import { CephError } from '../../../base/errno.ts';
import type { Task } from '../../../base/task.ts';
import type { Rados } from '../../../librados/rados.ts';

/** A file outside the cluster that is read at any place. */
export interface FileStream {
  /** Bytes to its end, now. */
  size(): number;
  /** Shorter than asked for at its end. */
  readAt(off: number, length: number): Task<Data>;
}

/** Opens a file by its path. Throws ENOENT and the like. */
export type FileOpener = (path: string) => FileStream;

/** The files of the machine on which clients of a cluster run (of which each has one Cost). */
const FILES = new WeakMap<Cost, FileOpener>();

/** Says which files clients of that cluster find from now on: those of the program that runs. */
export function provideFiles(cost: Cost, open: FileOpener): void {
  FILES.set(cost, open);
}

/** Opens a file as the client finds it. ENOENT, also where nobody has said which files there are. */
export function openFile({ port }: Rados, path: string): FileStream {
  const open = FILES.get(port.cost);
  if (open === undefined) throw new CephError('ENOENT', path);
  return open(path);
}

/** Exactly so much of a file. ERANGE beyond its end. @ceph src/librbd/migration/FileStream.cc ReadRequest::read — exact */
export function* readStretch(stream: FileStream, off: number, length: number): Task<Data> {
  if (off + length > stream.size()) throw new CephError('ERANGE', `failed to read ${length} bytes from file stream`);
  const data = yield* stream.readAt(off, length);
  if (data.length < length) throw new CephError('ERANGE', `failed to read ${length} bytes from file stream`);
  return data;
}

export function* readBytes(stream: FileStream, off: number, length: number): Task<Uint8Array> {
  return bytesOfData(yield* readStretch(stream, off, length));
}
