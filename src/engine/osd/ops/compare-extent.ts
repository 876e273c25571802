import { equalBytes } from '../../base/bytes.ts';
import { bytesOfData, sliceData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import type { OpContext } from '../op-context.ts';

/**
 * Lets a request go on only where the object has these bytes; behind its end, and where there is no object, it has zeros.
 * EILSEQ where one is different.
 * @ceph src/osd/PrimaryLogPG.cc do_extent_cmp, finish_extent_cmp — exact, but that the place of the first difference is not told
 */
export function compareExtent(context: OpContext, { off, data }: OsdOp & { readonly op: 'cmpext' }): void {
  const found = context.exists
    ? bytesOfData(sliceData(context.target.data, off, data.length))
    : new Uint8Array(data.length);
  context.readBytes += data.length;
  if (!equalBytes(found, bytesOfData(data))) throw new CephError('EILSEQ', context.hoid.oid);
}
