import { type Data, isZeroData, sliceData } from '../../../engine/base/data.ts';

/** The default of `--sparse-size`, in bytes. */
export const SPARSE_BYTES = 4096;

/** A stretch of data, in whole steps, that is all zeros or not. */
export interface SparseRun {
  readonly off: number;
  readonly len: number;
  readonly zero: boolean;
}

/**
 * Cuts data into stretches of steps that are zeros and steps that are not; 0 makes it one stretch that is not. Only
 * what is bytes is looked at byte by byte.
 * @ceph src/tools/rbd/Utils.cc calc_sparse_extent — exact
 */
export function sparseRuns(data: Data, step: number): SparseRun[] {
  if (data.length === 0) return [];
  if (step === 0) return [{ off: 0, len: data.length, zero: false }];
  const runs: SparseRun[] = [];
  let at = 0;
  const upTo = (end: number, zero: boolean): void => {
    const last = runs.at(-1);
    if (end <= at) return;
    if (last !== undefined && last.zero === zero) runs[runs.length - 1] = { ...last, len: end - last.off };
    else runs.push({ off: at, len: end - at, zero });
    at = end;
  };
  for (const { off, len, source } of data.extents) {
    if (source.kind === 'fill' && source.byte === 0) continue;
    upTo(Math.floor(off / step) * step, true);
    const end = Math.min(Math.ceil((off + len) / step) * step, data.length);
    if (source.kind !== 'bytes') upTo(end, false);
    while (at < end) {
      const next = Math.min(at + step, end);
      upTo(next, isZeroData(sliceData(data, at, next - at)));
    }
  }
  upTo(data.length, true);
  return runs;
}
