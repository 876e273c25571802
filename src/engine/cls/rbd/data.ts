import { sliceData, storedRanges } from '../../base/data.ts';
import { clsRbdData as methods } from '../../codec/cls-rbd-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';

/** @ceph src/cls/rbd/cls_rbd.cc copyup, sparse_copyup — exact */
export const DATA_HANDLERS: readonly ClsHandler[] = [
  implement(methods.copyup, (object, { data }) => {
    if (object.exists()) return;
    object.create(false);
    if (data.length > 0) object.write(0, data);
  }),

  implement(methods.sparseCopyup, (object, { data }) => {
    if (object.exists()) return;
    object.create(true);
    for (const { off, len } of storedRanges(data)) object.write(off, sliceData(data, off, len));
  }),
];
