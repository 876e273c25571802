import { CephError } from '../../../../base/errno.ts';
import type { Task } from '../../../../base/task.ts';
import { utf8Decode } from '../../../../base/utf8.ts';
import { BigEndianFields } from '../../../../codec/big-endian.ts';
import { type FileStream, readBytes } from '../file-stream.ts';
import { MOST_L1_ENTRIES, type QcowHeader } from './header.ts';

const ENTRY_BYTES = 40;
/** Snapshots of an image that Ceph takes. */
const MOST_SNAPS = 510;
/** As QEMU has it. */
const MOST_EXTRA_BYTES = 1024;

/** A snapshot inside the file. */
export interface QcowSnap {
  readonly name: string;
  readonly size: number;
  readonly l1Offset: number;
  readonly l1Entries: number;
}

/**
 * The snapshots of a qcow file, in its order. EINVAL for more or larger ones than are read; ERANGE for a file that is cut off.
 *
 * @param newName for a snapshot that has none
 * @ceph src/librbd/migration/QCOWFormat.cc read_snapshot, handle_read_snapshot_extra — exact within bounds
 */
export function* readSnapshots(stream: FileStream, header: QcowHeader, newName: () => string): Task<QcowSnap[]> {
  const { snapshotCount, snapshotsOffset, size } = header;
  if (snapshotsOffset === 0) return [];
  if (snapshotCount > MOST_SNAPS) throw new CephError('EINVAL', `${snapshotCount} snapshots`);
  const snaps: QcowSnap[] = [];
  for (let at = snapshotsOffset; snaps.length < snapshotCount; ) {
    at = Math.ceil(at / 8) * 8;
    const f = new BigEndianFields(yield* readBytes(stream, at, ENTRY_BYTES));
    const [extra, idBytes, nameBytes] = [f.getU32(36), f.getU16(12), f.getU16(14)];
    if (extra > MOST_EXTRA_BYTES) throw new CephError('EINVAL', `${extra} bytes of a snapshot's extra data`);
    const rest = yield* readBytes(stream, at + ENTRY_BYTES, extra + idBytes + nameBytes);
    const name = utf8Decode(rest.subarray(extra + idBytes)) || newName();
    snaps.push(checked({ name, size: sizeOf(rest, extra, size), l1Offset: f.getU64(0), l1Entries: f.getU32(8) }));
    at += ENTRY_BYTES + rest.length;
  }
  return snaps;
}

/** In the second field of what newer versions add; before, a snapshot had the size of its image. */
function sizeOf(rest: Uint8Array, extra: number, headSize: number): number {
  return extra >= 16 ? new BigEndianFields(rest).getU64(8) : headSize;
}

function checked(snap: QcowSnap): QcowSnap {
  if (snap.l1Entries > MOST_L1_ENTRIES || !Number.isSafeInteger(snap.size)) {
    throw new CephError('EINVAL', `snapshot ${snap.name} is too large`);
  }
  return snap;
}
