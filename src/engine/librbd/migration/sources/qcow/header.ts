import { CephError } from '../../../../base/errno.ts';
import type { Task } from '../../../../base/task.ts';
import { BigEndianFields } from '../../../../codec/big-endian.ts';
import { type FileStream, readBytes } from '../file-stream.ts';

const MAGIC = 0x514649fb;
const V1_BYTES = 48;
/** As the real one reads it, for version 2 as well. */
const V2_BYTES = 112;
const V2_HEADER_LENGTH = 72;
const COMPRESSION_TYPE_AT = 104;

const [LEAST_CLUSTER_BITS, MOST_CLUSTER_BITS] = [9, 21];

const INCOMPATIBLE = { dataFile: 4, compression: 8, extendedL2: 16, known: 31 } as const;

/** 32 MiB, as QEMU has it: 2 PiB with the usual clusters. */
export const MOST_L1_ENTRIES = 2 ** 22;

export interface QcowHeader {
  readonly version: number;
  /** Bytes of the head. */
  readonly size: number;
  readonly clusterBits: number;
  /** Entries of an L2 table, as a power of two. */
  readonly l2Bits: number;
  readonly l1Offset: number;
  /** How many entries the size needs. */
  readonly l1Entries: number;
  readonly snapshotCount: number;
  readonly snapshotsOffset: number;
  readonly hasBackingFile: boolean;
}

/**
 * The header of a qcow file: version 1, 2 or 3. EINVAL for one that is none, or is encrypted, or has sizes that cannot be; EOPNOTSUPP for what the real one
 * does not read either; ERANGE for a file that is cut off.
 *
 * @ceph src/librbd/migration/QCOWFormat.cc handle_probe, handle_read_v1_header, handle_read_v2_header — exact; sizes
 * beyond 2^53 are refused as well
 */
export function* readQcowHeader(stream: FileStream): Task<QcowHeader> {
  const probe = new BigEndianFields(yield* readBytes(stream, 0, 8));
  if (probe.getU32(0) !== MAGIC) refuse('invalid QCOW header magic');
  const version = probe.getU32(4);
  if (version === 1) return checked(version1(new BigEndianFields(yield* readBytes(stream, 0, V1_BYTES))));
  if (version !== 2 && version !== 3) refuse(`invalid QCOW header version ${version}`);
  const bytes = yield* readBytes(stream, 0, V2_BYTES);
  return checked(version2(new BigEndianFields(bytes), version));
}

function version1(f: BigEndianFields): QcowHeader {
  const [clusterBits = 0, l2Bits = 0] = f.get(32, 2);
  checkClusterBits(clusterBits);
  if (l2Bits < LEAST_CLUSTER_BITS - 3 || l2Bits > MOST_CLUSTER_BITS - 3) refuse(`invalid L2 bits: ${l2Bits}`);
  checkEncryption(f.getU32(36));
  const size = f.getU64(24);
  return {
    version: 1,
    size,
    clusterBits,
    l2Bits,
    l1Offset: f.getU64(40),
    l1Entries: Math.ceil(size / 2 ** (clusterBits + l2Bits)),
    snapshotCount: 0,
    snapshotsOffset: 0,
    hasBackingFile: f.getU64(8) !== 0 && f.getU32(16) !== 0,
  };
}

function version2(f: BigEndianFields, version: number): QcowHeader {
  const clusterBits = f.getU32(20);
  checkClusterBits(clusterBits);
  checkEncryption(f.getU32(32));
  const size = f.getU64(24);
  checkSize(size);
  if (version === 3) checkFeatures(f);
  const l2Bits = clusterBits - 3;
  const l1Entries = Math.ceil(size / 2 ** (clusterBits + l2Bits));
  if (l1Entries > f.getU32(36)) refuse(`invalid L1 table size in header (${f.getU32(36)} < ${l1Entries})`);
  return {
    version,
    size,
    clusterBits,
    l2Bits,
    l1Offset: f.getU64(40),
    l1Entries,
    snapshotCount: f.getU32(60),
    snapshotsOffset: f.getU64(64),
    hasBackingFile: f.getU64(8) !== 0 && f.getU32(16) !== 0,
  };
}

function checkFeatures(f: BigEndianFields): void {
  const low = f.getU32(76);
  const headerLength = Math.max(f.getU32(100), V2_HEADER_LENGTH);
  const compressionType = headerLength > COMPRESSION_TYPE_AT ? (f.get(COMPRESSION_TYPE_AT, 1)[0] ?? 0) : 0;
  if (compressionType !== 0 || (low & INCOMPATIBLE.compression) !== 0) {
    refuse('invalid or unsupported compression type');
  }
  if ((low & INCOMPATIBLE.dataFile) !== 0) unsupported('external data file feature not supported');
  if ((low & INCOMPATIBLE.extendedL2) !== 0) unsupported('extended L2 table feature not supported');
  if (f.getU32(72) !== 0 || (low & ~INCOMPATIBLE.known) !== 0) refuse('unknown incompatible feature enabled');
}

function checked(header: QcowHeader): QcowHeader {
  checkSize(header.size);
  if (header.l1Entries > MOST_L1_ENTRIES) refuse(`image size too big: ${header.size}`);
  return header;
}

function checkClusterBits(bits: number): void {
  if (bits < LEAST_CLUSTER_BITS || bits > MOST_CLUSTER_BITS) refuse(`invalid cluster bits: ${bits}`);
}

function checkEncryption(method: number): void {
  if (method !== 0) refuse('invalid or unsupported encryption method');
}

function checkSize(size: number): void {
  if (!Number.isSafeInteger(size)) refuse(`image size too big: ${size}`);
  if (size % 512 !== 0) refuse('image size is not a multiple of block size');
}

function refuse(message: string): never {
  throw new CephError('EINVAL', message);
}

function unsupported(message: string): never {
  throw new CephError('EOPNOTSUPP', message);
}
