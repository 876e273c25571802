import { bytesData, type Data } from '../../base/data.ts';
import { utf8Encode } from '../../base/utf8.ts';

/** What stands at a path of an OSD's data directory. Worked out when someone looks; nothing of it is stored. */
export type OsdFile = OsdDirectory | OsdPlainFile | OsdBlockDevice;

export interface OsdDirectory {
  readonly kind: 'directory';
  readonly modified_us: number;
  /** Where the name leads to, for one that stands elsewhere: a symbolic link. */
  readonly link?: string;
  names(): Iterable<string>;
  child(name: string): OsdFile | undefined;
}

export interface OsdPlainFile {
  readonly kind: 'file';
  readonly modified_us: number;
  readonly data: Data;
}

/** A raw device: of its content only the first block is told. */
export interface OsdBlockDevice {
  readonly kind: 'block';
  readonly modified_us: number;
  readonly size_bytes: number;
  readonly label: Data;
}

export function plainFile(data: Data, modified_us: number): OsdPlainFile {
  return { kind: 'file', data, modified_us };
}

/** A directory of what a map holds. */
export function directoryOf(files: ReadonlyMap<string, OsdFile>, modified_us: number): OsdDirectory {
  return { kind: 'directory', modified_us, names: () => files.keys(), child: (name) => files.get(name) };
}

/** One line of text. */
export function lineFile(text: string, modified_us: number): OsdPlainFile {
  return plainFile(bytesData(utf8Encode(`${text}\n`)), modified_us);
}
