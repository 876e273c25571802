import {
  concatData,
  type Data,
  denseData,
  holeData,
  overwriteData,
  punchData,
  sliceData,
  truncateData,
} from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { ObjectStat, OsdOp } from '../../codec/osd-op.ts';
import { objectSize } from '../../os/onode.ts';
import type { OpContext } from '../op-context.ts';
import { checkAppends, checkShrinks } from './erasure-rules.ts';
import { checkRange, putData } from './write-full.ts';

type Op<Name extends OsdOp['op']> = Extract<OsdOp, { op: Name }>;

export function stat(context: OpContext): ObjectStat {
  const { target } = context;
  return { size: objectSize(target), mtime_us: target.info.mtime_us };
}

export function read(context: OpContext, op: Op<'read'>): Data {
  return readRange(context, op.off, op.len);
}

/** @ceph src/osd/PrimaryLogPG.cc do_sparse_read — exact: an erasure pool knows of no holes */
export function sparseRead(context: OpContext, op: Op<'sparse-read'>): Data {
  const data = readRange(context, op.off, op.len);
  return context.pool.type === 'erasure' ? denseData(data) : data;
}

function readRange(context: OpContext, off: number, len: number): Data {
  const { data } = context.target;
  const length = Math.max(0, Math.min(len, data.length - off));
  context.readBytes += length;
  if (context.pool.type === 'erasure') context.readRange = { off, len: length };
  return length === 0 ? holeData(0) : sliceData(data, off, length);
}

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_WRITE — exact, without truncate_seq */
export function write(context: OpContext, op: Op<'write'>): void {
  checkAppends(context, op.off);
  checkRange(context, op.off, op.data.length);
  const onode = context.writable();
  const { length } = onode.data;
  // What is written as a whole, or behind the end, has a checksum that is known.
  const isSummed = op.off === 0 ? op.data.length >= length : op.off === length && onode.info.dataDigest === true;
  putData(context, overwriteData(onode.data, op.off, denseData(op.data)), op.data.length, isSummed);
  context.touchRange(op.off, op.data.length);
}

export function append(context: OpContext, op: Op<'append'>): void {
  const at = context.size;
  checkAppends(context, at);
  checkRange(context, at, op.data.length);
  const onode = context.writable();
  putData(
    context,
    concatData([onode.data, denseData(op.data)]),
    op.data.length,
    at === 0 || onode.info.dataDigest === true,
  );
  context.touchRange(at, op.data.length);
}

/**
 * Frees a range; neither makes nor grows an object. What reaches the object's end cuts the object off instead.
 * @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_ZERO — exact
 */
export function zero(context: OpContext, op: Op<'zero'>): void {
  checkShrinks(context);
  checkRange(context, op.off, op.len);
  if (!context.exists || op.len === 0 || op.off >= context.size) return;
  if (op.off + op.len >= context.size) {
    truncate(context, { op: 'truncate', size: op.off });
    return;
  }
  const onode = context.writable();
  putData(context, punchData(onode.data, op.off, op.len), 0, false);
  context.touchRange(op.off, op.len);
}

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_TRUNCATE — exact, without truncate_seq */
export function truncate(context: OpContext, op: Op<'truncate'>): void {
  checkShrinks(context);
  checkRange(context, op.size, 0);
  if (!context.exists) return;
  const onode = context.writable();
  if (onode.data.length > op.size) context.touchRange(op.size, onode.data.length - op.size);
  const isSame = onode.data.length === op.size && onode.info.dataDigest === true;
  putData(context, truncateData(onode.data, op.size), 0, isSame);
}

export function create(context: OpContext, op: Op<'create'>): void {
  if (context.exists && op.exclusive) throw new CephError('EEXIST', context.hoid.oid);
  context.writable();
}

export function remove(context: OpContext): void {
  context.removeHead();
}

export function assertExists(context: OpContext): void {
  if (!context.exists) throw new CephError('ENOENT', context.hoid.oid);
}

/** A hint changes nothing that can be seen, but makes the object, as it does in Ceph. */
export function setAllocHint(context: OpContext): void {
  context.writable();
}
