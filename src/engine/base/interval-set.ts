/**
 * Sets of non-overlapping byte ranges, sorted, with no two that touch: `interval_set<uint64_t>` of Ceph.
 * Values; every function gives a new set.
 */
export interface Interval {
  readonly off: number;
  readonly len: number;
}

export type IntervalSet = readonly Interval[];

export const NO_INTERVALS: IntervalSet = [];

/** One range as a set; an empty one where `len` is 0. */
export function intervalSet(off: number, len: number): IntervalSet {
  return len > 0 ? [{ off, len }] : NO_INTERVALS;
}

export function union(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const [last, first] = [a.at(-1), b[0]];
  if (last !== undefined && first !== undefined && last.off + last.len < first.off) return [...a, ...b];
  const sorted = [...a, ...b].sort((x, y) => x.off - y.off);
  const out: { off: number; len: number }[] = [];
  for (const { off, len } of sorted) {
    const last = out.at(-1);
    if (last !== undefined && off <= last.off + last.len) last.len = Math.max(last.len, off + len - last.off);
    else out.push({ off, len });
  }
  return out;
}

export function intersection(a: IntervalSet, b: IntervalSet): IntervalSet {
  const out: Interval[] = [];
  let i = 0;
  let j = 0;
  for (let x = a[0], y = b[0]; x !== undefined && y !== undefined; x = a[i], y = b[j]) {
    const off = Math.max(x.off, y.off);
    const end = Math.min(x.off + x.len, y.off + y.len);
    if (off < end) out.push({ off, len: end - off });
    if (x.off + x.len < y.off + y.len) i++;
    else j++;
  }
  return out;
}

/** What of a set lies in a range, without a look at the rest. */
export function within(set: IntervalSet, { off, len }: Interval): IntervalSet {
  if (len === 0) return NO_INTERVALS;
  let [from, to] = [0, set.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const at = set[middle];
    if (at !== undefined && at.off + at.len <= off) from = middle + 1;
    else to = middle;
  }
  const out: Interval[] = [];
  for (let at = set[from]; at !== undefined && at.off < off + len; at = set[++from]) {
    const start = Math.max(at.off, off);
    out.push({ off: start, len: Math.min(at.off + at.len, off + len) - start });
  }
  return out;
}

/** What is in `a` and not in `b`. */
export function subtract(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (b.length === 0) return a;
  const out: Interval[] = [];
  let j = 0;
  for (const { off, len } of a) {
    let from = off;
    const end = off + len;
    while (j > 0 && (b[j - 1]?.off ?? 0) + (b[j - 1]?.len ?? 0) > from) j--;
    for (let cut = b[j]; cut !== undefined && cut.off < end; cut = b[++j]) {
      if (cut.off + cut.len <= from) continue;
      if (cut.off > from) out.push({ off: from, len: cut.off - from });
      from = Math.max(from, cut.off + cut.len);
      if (from >= end) break;
    }
    if (from < end) out.push({ off: from, len: end - from });
  }
  return out;
}

/** How many bytes the set covers. */
export function coverage(set: IntervalSet): number {
  let sum = 0;
  for (const { len } of set) sum += len;
  return sum;
}
