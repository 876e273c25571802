import type { Data, Extent } from './data.ts';
import { type Interval, type IntervalSet, intervalSet, union } from './interval-set.ts';

/**
 * What of `data` is not zero, in whole steps of `step` bytes (the last one cut off at the end): what a copy writes
 * where it leaves zeros out. Bytes are looked at only where data comes as bytes.
 */
export function nonZeroRanges(data: Data, step: number): IntervalSet {
  let out: IntervalSet = [];
  for (const extent of data.extents) {
    for (const { off, len } of nonZeroOf(extent, step)) {
      const from = Math.floor(off / step) * step;
      const to = Math.min(Math.ceil((off + len) / step) * step, data.length);
      out = union(out, intervalSet(from, to - from));
    }
  }
  return out;
}

function nonZeroOf(extent: Extent, step: number): readonly Interval[] {
  const { off, len, source } = extent;
  if (source.kind === 'fill') return source.byte === 0 ? [] : [{ off, len }];
  if (source.kind !== 'bytes') return [{ off, len }];
  const out: { off: number; len: number }[] = [];
  for (let at = off, end = off + len; at < end; ) {
    const next = Math.min(end, (Math.floor(at / step) + 1) * step);
    const start = extent.at + at - off;
    if (hasNonZero(source.bytes, start, start + next - at)) appendRange(out, at, next - at);
    at = next;
  }
  return out;
}

function appendRange(out: { off: number; len: number }[], off: number, len: number): void {
  const last = out.at(-1);
  if (last !== undefined && last.off + last.len === off) last.len += len;
  else out.push({ off, len });
}

function hasNonZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return true;
  return false;
}
