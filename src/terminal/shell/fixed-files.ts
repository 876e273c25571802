import { NO_DATA, sliceData } from '../../engine/base/data.ts';
import { CephError } from '../../engine/base/errno.ts';
import type { OsdFile } from '../../engine/cluster/osd-files/osd-file.ts';
import type { FileStat, OpenFile, OpenMode } from '../process.ts';
import { accessTime_us } from './access-time.ts';

/** Files that are there by themselves, as daemons keep them: to be looked at, not to be changed. */
export interface FixedFiles {
  /** Directories that they begin with. */
  readonly roots: readonly string[];
  /** What stands at an absolute path; undefined where nothing does. */
  at(path: string): OsdFile | undefined;
}

export const NOTHING_FIXED: FixedFiles = { roots: [], at: () => undefined };

/** What `ls -l` shows of a file. */
export function fixedStat(file: OsdFile): FileStat {
  const { kind, modified_us } = file;
  if (file.kind === 'directory') {
    return { kind, size: 4096, modified_us, ...(file.link === undefined ? {} : { link: file.link }) };
  }
  return { kind, size: file.kind === 'file' ? file.data.length : file.size_bytes, modified_us };
}

/** Opens a file or a device for reading. EROFS for writing; a device reads as far as its label goes, then EOPNOTSUPP. */
export function openFixed(file: Exclude<OsdFile, { kind: 'directory' }>, mode: OpenMode): OpenFile {
  if (mode === 'exclusive') throw new CephError('EEXIST');
  if (mode !== 'read') throw new CephError('EROFS');
  const { data, end } =
    file.kind === 'file' ? { data: file.data, end: file.data.length } : { data: file.label, end: file.size_bytes };
  return {
    kind: file.kind,
    size: () => end,
    *readAt(off, length) {
      const upTo = Math.min(off + length, data.length);
      if (off >= data.length && off < end) throw new CephError('EOPNOTSUPP');
      yield accessTime_us(Math.max(0, upTo - off));
      return upTo <= off ? NO_DATA : sliceData(data, off, upTo - off);
    },
    *writeAt() {
      throw new CephError('EROFS');
    },
    *truncate() {
      throw new CephError('EROFS');
    },
    *discard() {
      throw new CephError('EROFS');
    },
    *close() {},
  };
}
