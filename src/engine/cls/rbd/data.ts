import { sliceData, storedRanges } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { nonZeroRanges } from '../../base/non-zero.ts';
import { clsRbdData as methods } from '../../codec/cls-rbd-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';

/** @ceph src/cls/rbd/cls_rbd.cc copyup, sparse_copyup, sparsify — exact */
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

  // What is left is written anew: for snapshots all of it has changed.
  implement(methods.sparsify, (object, { sparseSize, removeEmpty }) => {
    if (!object.exists()) throw new CephError('ENOENT', 'object');
    const data = object.read(0, object.size());
    const kept = nonZeroRanges(data, sparseSize);
    const [first] = kept;
    if (first === undefined && removeEmpty) return object.remove();
    if (first === undefined ? data.length === 0 : first.len === data.length) return;
    object.truncate(0);
    for (const { off, len } of kept) object.write(off, sliceData(data, off, len));
  }),
];
