import { concatData, type Data, holeData, sliceData } from '../../../../base/data.ts';
import { CephError } from '../../../../base/errno.ts';
import type { Task } from '../../../../base/task.ts';
import { BigEndianFields } from '../../../../codec/big-endian.ts';
import type { JsonValue } from '../../../../codec/json-value.ts';
import { NOSNAP } from '../../../../codec/snap.ts';
import type { Rados } from '../../../../librados/rados.ts';
import { type FileStream, readBytes, readStretch } from '../file-stream.ts';
import type { ForeignSource } from '../foreign-source.ts';
import { openStream } from '../stream-spec.ts';
import { type QcowHeader, readQcowHeader } from './header.ts';
import { readSnapshots } from './snapshots.ts';

/** L2 tables that are kept, as the real one keeps them. */
const L2_CACHE = 16;
/** All L1 tables of a file together. */
const MOST_L1_BYTES = 64 * 1024 * 1024;

/** Where the clusters of one state are. */
interface L1Table {
  readonly entries: number;
  readonly fields: BigEndianFields;
}

/**
 * A qcow file of version 1, 2 or 3, with its snapshots; no backing file. Untrusted: whatever its tables say, only the file
 * itself is read, and what they claim is bounded.
 *
 * @ceph src/librbd/migration/QCOWFormat.cc — exact but for clusters of zeros that keep their place in the file: there the
 * real one of 20.2.4 reads the file one byte beside that place, here they are zeros, as the format has it. Compressed
 * clusters are ERANGE, as most of them are there.
 */
export function* openQcow(rados: Rados, spec: string, value: JsonValue): Task<ForeignSource> {
  const stream = openStream(rados, value);
  const header = yield* readQcowHeader(stream);
  const snaps = yield* readSnapshots(stream, header, () => rados.port.newUuid());
  const tables = new Map<number, L1Table>();
  let bytes = 0;
  for (const [index, { l1Offset, l1Entries }] of [...snaps, header].entries()) {
    bytes += l1Entries * 8;
    if (bytes > MOST_L1_BYTES) throw new CephError('EINVAL', 'L1 tables are too large');
    const fields = new BigEndianFields(yield* readBytes(stream, l1Offset, l1Entries * 8));
    tables.set(index < snaps.length ? index + 1 : NOSNAP, { entries: l1Entries, fields });
  }
  if (header.hasBackingFile) throw new CephError('EOPNOTSUPP', 'backing files are not supported');
  const clusters = new Clusters(stream, header);
  return {
    spec,
    size: header.size,
    snaps: snaps.map(({ name, size }, index) => ({ id: index + 1, name, size })),
    dense: false,
    *read(snapId, off, len) {
      const table = tables.get(snapId);
      if (table === undefined) throw new CephError('ENOENT', `snapshot ${snapId}`);
      return yield* clusters.read(table, off, len);
    },
  };
}

/** Reads clusters by their places in an L1 table and the L2 tables behind it. */
class Clusters {
  readonly #stream: FileStream;
  readonly #header: QcowHeader;
  readonly #l2 = new Map<number, BigEndianFields>();

  constructor(stream: FileStream, header: QcowHeader) {
    this.#stream = stream;
    this.#header = header;
  }

  *read(table: L1Table, off: number, len: number): Task<Data> {
    const clusterBytes = 2 ** this.#header.clusterBits;
    const parts: Data[] = [];
    for (let at = off, end = off + len; at < end; ) {
      const inside = at % clusterBytes;
      const length = Math.min(clusterBytes - inside, end - at);
      const place = yield* this.#placeOf(table, at);
      if (place === 0) parts.push(holeData(length));
      else parts.push(sliceData(yield* readStretch(this.#stream, place, clusterBytes), inside, length));
      at += length;
    }
    return concatData(parts);
  }

  /** Where in the file the cluster is that holds a place of the image; 0 for one that is not there, or is zeros. */
  *#placeOf({ entries, fields }: L1Table, off: number): Task<number> {
    const { clusterBits, l2Bits, version } = this.#header;
    const index = Math.floor(off / 2 ** (clusterBits + l2Bits));
    if (index >= entries) throw new CephError('ERANGE', `L1 index ${index} out-of-bounds`);
    const l2Offset = placeAt(fields, index * 8, version);
    if (l2Offset === 0) return 0;
    const l2 = yield* this.#l2Table(l2Offset);
    const at = (Math.floor(off / 2 ** clusterBits) % 2 ** l2Bits) * 8;
    if (isCompressed(l2, at, version))
      throw new CephError('ERANGE', 'support for compressed clusters is not available');
    return version === 3 && (l2.getU32(at + 4) & 1) !== 0 ? 0 : placeAt(l2, at, version);
  }

  *#l2Table(offset: number): Task<BigEndianFields> {
    const known = this.#l2.get(offset);
    if (known !== undefined) return known;
    const table = new BigEndianFields(yield* readBytes(this.#stream, offset, 2 ** this.#header.l2Bits * 8));
    const [oldest] = this.#l2.keys();
    if (this.#l2.size >= L2_CACHE && oldest !== undefined) this.#l2.delete(oldest);
    this.#l2.set(offset, table);
    return table;
  }
}

/** The offset in an entry, without its flags. */
function placeAt(fields: BigEndianFields, at: number, version: number): number {
  const high = fields.getU32(at) & (version === 1 ? 0x7fffffff : 0x00ffffff);
  const low = fields.getU32(at + 4) & (version === 1 ? 0xffffffff : 0xfffffe00);
  return high * 2 ** 32 + (low >>> 0);
}

function isCompressed(fields: BigEndianFields, at: number, version: number): boolean {
  return (fields.getU32(at) & (version === 1 ? 0x80000000 : 0x40000000)) !== 0;
}
