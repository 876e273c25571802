import { equalBytes } from '../../base/bytes.ts';
import { bytesOfData, type Data, type Extent, NO_DATA, sliceData } from '../../base/data.ts';
import type { OsdOp } from '../../codec/osd-op.ts';

/**
 * The operations that make an object of what it was before (null: it was not there). An object without data is made
 * only where it `hides` a parent's.
 */
export function changeOps(before: Data | null, after: Data | null, hides: boolean): OsdOp[] {
  if (after === null) return before === null ? [] : [{ op: 'delete' }];
  const ops: OsdOp[] = [];
  const old = before ?? NO_DATA;
  for (const { off, len, data } of segments(old, after)) {
    const piece = sliceData(after, off, len);
    if (data) ops.push({ op: 'write', off, data: piece });
    else if (off < after.length) ops.push({ op: 'zero', off, len: Math.min(len, after.length - off) });
  }
  if (old.length > after.length) ops.push({ op: 'truncate', size: after.length });
  if (before === null && ops.length === 0 && hides) ops.push({ op: 'create', exclusive: false });
  return ops;
}

interface Segment {
  readonly off: number;
  readonly len: number;
  /** False for what is a hole now. */
  readonly data: boolean;
}

/** The stretches in which two contents differ, within the second's length. */
function segments(before: Data, after: Data): Segment[] {
  const cuts = new Set([0, after.length]);
  for (const { extents } of [before, after]) for (const { off, len } of extents) cuts.add(off).add(off + len);
  const at = [...cuts].filter((cut) => cut <= after.length).sort((a, b) => a - b);
  const out: { off: number; len: number; data: boolean }[] = [];
  for (const [index, off] of at.entries()) {
    const end = at[index + 1];
    if (end === undefined) break;
    const is = extentAt(after, off);
    if (isSame(extentAt(before, off), is, before, after, off, end)) continue;
    const last = out.at(-1);
    const data = is !== undefined;
    if (last !== undefined && last.off + last.len === off && last.data === data) last.len += end - off;
    else out.push({ off, len: end - off, data });
  }
  return out;
}

function extentAt({ extents }: Data, at: number): Extent | undefined {
  return extents.find(({ off, len }) => off <= at && at < off + len);
}

function isSame(
  was: Extent | undefined,
  is: Extent | undefined,
  before: Data,
  after: Data,
  off: number,
  end: number,
): boolean {
  if (was === undefined || is === undefined) return was === is;
  if (was.source === is.source && was.at - was.off === is.at - is.off) return true;
  return equalBytes(bytesOfData(before, off, end - off), bytesOfData(after, off, end - off));
}
