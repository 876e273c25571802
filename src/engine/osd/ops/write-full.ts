import { type Data, denseData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { withDigest } from '../../os/onode.ts';
import type { OpContext } from '../op-context.ts';

/** Objects of more than this are refused with EFBIG, and ranges that begin here, unless `osd_max_object_size` is set. */
const MAX_OBJECT_BYTES = 128 * 1024 * 1024;

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_WRITEFULL — exact */
export function writeFull(context: OpContext, { data }: OsdOp & { readonly op: 'write-full' }): void {
  checkRange(context, 0, data.length);
  context.touchRange(0, Math.max(data.length, context.size));
  context.writable();
  putData(context, denseData(data), data.length, true);
}

/** Gives the object its content; `isSummed`: the checksum of all of it is known from now on. @ceph src/osd/PrimaryLogPG.cc do_osd_ops, set_data_digest and clear_data_digest — exact where there are no checksums given */
export function putData(context: OpContext, data: Data, writtenBytes: number, isSummed: boolean): void {
  const onode = context.writable();
  context.set({ ...onode, data, info: withDigest(onode.info, isSummed) });
  context.writtenBytes += writtenBytes;
}

/** @ceph src/osd/PrimaryLogPG.cc check_offset_and_length — exact */
export function checkRange({ limits }: OpContext, off: number, len: number): void {
  const most = limits?.objectBytes ?? MAX_OBJECT_BYTES;
  if (off < 0 || len < 0) throw new CephError('EINVAL');
  if (off >= most || off + len > most) throw new CephError('EFBIG');
}
