import { bytesData, type Data, sliceData } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode, utf8Encode } from '../../../engine/base/utf8.ts';
import { encode } from '../../../engine/codec/denc.ts';
import type { OnProgress } from '../../../engine/librbd/progress.ts';
import type { ByteSink } from './byte-sink.ts';
import { type ByteSource, readExact, readExactData } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { readTag, readText, readU64, SILENT } from './diff-source.ts';
import { BANNER, DIFF_TAG, MOST_NAME_BYTES } from './diff-tags.ts';

/** What is left of a diff: the extent that comes next. */
interface Side {
  readonly source: ByteSource;
  readonly from: string;
  readonly to: string;
  readonly size: number;
  /** A tag that was read already, with the header. */
  tag: string;
  off: number;
  len: number;
  /** Null for zeros. */
  data: Data | null;
  ended: boolean;
}

/**
 * Merges two diffs whose extents come in order: where they overlap, the second one holds. EINVAL where the second does
 * not begin at the snapshot that the first one ends with.
 * @ceph src/tools/rbd/action/MergeDiff.cc do_merge_diff — exact
 */
export function* mergeDiffs(
  run: RbdRun,
  one: ByteSource,
  two: ByteSource,
  sink: ByteSink,
  onProgress: OnProgress,
): Task<void> {
  const first = yield* readHeader(run, one, 'first');
  const second = yield* readHeader(run, two, 'second');
  if (first.to !== second.from) {
    yield* run.complain('The first TO snapshot must be equal with the second FROM snapshot, aborting\n');
    throw new CephError('EINVAL', 'merge-diff');
  }
  yield* sink.write(bytesData(headerOf(first.from, second.to, second.size)));
  const total = Math.max(first.size, second.size) * 2;
  while (!first.ended || !second.ended) {
    onProgress(first.off + second.off, total);
    yield* next(run, first, 'first', second.size);
    yield* next(run, second, 'second', first.size);
    yield* mergeStep(first, second, sink);
  }
  yield* sink.write(bytesData(utf8Encode(DIFF_TAG.end)));
}

/** What of the first comes before the second is written, what lies under it is dropped, then the second is. */
function* mergeStep(first: Side, second: Side, sink: ByteSink): Task<void> {
  if (first.len > 0 && first.off < second.off) {
    const part = take(first, Math.min(second.off - first.off, first.len));
    yield* writeExtent(sink, part.off, part.len, part.data);
    if (first.len === 0) return;
  }
  if (first.len > 0 && first.off < second.off + second.len) {
    take(first, Math.min(second.off + second.len - first.off, first.len));
    if (first.len === 0) return;
  }
  if (second.len === 0) return;
  const part = take(second, second.len);
  // What the second cut off is left out, not told as zeros.
  if (second.ended) return;
  yield* writeExtent(sink, part.off, part.len, part.data);
}

/** Cuts the beginning of a side's extent off. */
function take(side: Side, len: number): { readonly off: number; readonly len: number; readonly data: Data | null } {
  const { off, data } = side;
  side.off += len;
  side.len -= len;
  if (data !== null) side.data = sliceData(data, len, side.len);
  return { off, len, data: data === null ? null : sliceData(data, 0, len) };
}

/** Reads the extent that comes next, once the last one is used up; the end of a smaller image reads as zeros. */
function* next(run: RbdRun, side: Side, name: string, otherSize: number): Task<void> {
  if (side.ended || side.len > 0) return;
  const before = side.off;
  yield* run.orTell(`failed to read ${name} diff data chunk header`, readExtent(side));
  if (side.ended) Object.assign(side, { off: side.size, len: Math.max(0, otherSize - side.size), data: null });
  if (before <= side.off) return;
  yield* run.complain(`rbd: out-of-order offset from ${name} diff (${before} > ${side.off})\n`);
  throw new CephError('EOPNOTSUPP', 'merge-diff');
}

function* readExtent(side: Side): Task<void> {
  const tag = side.tag === '' ? (yield* readTag(SILENT, side.source, DIFF_TAG.end, 1)).tag : side.tag;
  side.tag = '';
  side.ended = tag === DIFF_TAG.end;
  if (side.ended) return;
  if (tag !== DIFF_TAG.write && tag !== DIFF_TAG.zero) throw new CephError('EOPNOTSUPP', `tag ${tag}`);
  side.off = yield* readU64(SILENT, side.source, 'IO length');
  side.len = yield* readU64(SILENT, side.source, 'IO length');
  if (side.len === 0) throw new CephError('EOPNOTSUPP', 'empty extent');
  side.data = tag === DIFF_TAG.write ? yield* readExactData(side.source, side.len) : null;
}

function* readHeader(run: RbdRun, source: ByteSource, name: string): Task<Side> {
  return yield* run.orTell(`failed to parse ${name} diff header`, readNames(run, source));
}

/** What is cut off is not told more closely here. @ceph src/tools/rbd/action/MergeDiff.cc parse_diff_header — exact */
function* readNames(run: RbdRun, source: ByteSource): Task<Side> {
  const banner = utf8Decode(yield* readExact(source, utf8Encode(BANNER.diff).length));
  if (banner !== BANNER.diff) {
    yield* run.complain(`invalid banner '${banner}', expected '${BANNER.diff}'\n`);
    throw new CephError('EINVAL', 'banner');
  }
  const names = { from: '', to: '', size: 0 };
  for (;;) {
    const { tag } = yield* readTag(SILENT, source, DIFF_TAG.end, 1);
    if (tag === DIFF_TAG.fromSnap) names.from = yield* readText(SILENT, source, MOST_NAME_BYTES, 'start snap name');
    else if (tag === DIFF_TAG.toSnap) names.to = yield* readText(SILENT, source, MOST_NAME_BYTES, 'end snap name');
    else if (tag === DIFF_TAG.imageSize) names.size = yield* readU64(SILENT, source, 'image size');
    else return { source, ...names, tag, off: 0, len: 0, data: null, ended: false };
  }
}

function headerOf(from: string, to: string, size: number): Uint8Array {
  return encode((e) => {
    e.raw(utf8Encode(BANNER.diff));
    if (from !== '') e.raw(utf8Encode(DIFF_TAG.fromSnap)).string(from);
    if (to !== '') e.raw(utf8Encode(DIFF_TAG.toSnap)).string(to);
    e.raw(utf8Encode(DIFF_TAG.imageSize)).u64(size);
  });
}

function* writeExtent(sink: ByteSink, off: number, len: number, data: Data | null): Task<void> {
  const tag = data === null ? DIFF_TAG.zero : DIFF_TAG.write;
  yield* sink.write(bytesData(encode((e) => e.raw(utf8Encode(tag)).u64(off).u64(len))));
  if (data !== null) yield* sink.write(data);
}
