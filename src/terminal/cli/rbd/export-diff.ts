import { bytesData, type Data, isZeroData } from '../../../engine/base/data.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import { type Encoder, encode } from '../../../engine/codec/denc.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import { readImage } from '../../../engine/librbd/io/image-io.ts';
import { diffImage } from '../../../engine/librbd/operation/diff.ts';
import type { OnProgress } from '../../../engine/librbd/progress.ts';
import type { ByteSink } from './byte-sink.ts';
import { BANNER, DIFF_TAG } from './diff-tags.ts';

export interface DiffExport {
  readonly from: string | null;
  /** The name of the snapshot that is open; null for the head. */
  readonly to: string | null;
  readonly wholeObject: boolean;
  /** 2 within an export with snapshots: each part says its length. */
  readonly format: 1 | 2;
}

/**
 * Writes what differs since a snapshot. What reads as zeros is written as such.
 * @ceph src/tools/rbd/action/Export.cc do_export_diff_fd — exact
 */
export function* exportDiff(image: ImageCtx, options: DiffExport, sink: ByteSink, onProgress: OnProgress): Task<void> {
  yield* sink.write(bytesData(header(image, options)));
  for (const { offset, length, exists } of yield* diffImage(image, options.from, {
    wholeObject: options.wholeObject,
  })) {
    const data = exists ? yield* readImage(image, offset, length) : null;
    yield* writeExtent(sink, options.format, offset, length, data);
    onProgress(offset, image.size);
  }
  yield* sink.write(bytesData(utf8Encode(DIFF_TAG.end)));
}

function* writeExtent(sink: ByteSink, format: 1 | 2, offset: number, length: number, data: Data | null): Task<void> {
  const stored = data !== null && !isZeroData(data) ? data : null;
  const head = encode((e) => {
    tag(e, format, stored === null ? DIFF_TAG.zero : DIFF_TAG.write, 16 + (stored?.length ?? 0));
    e.u64(offset).u64(length);
  });
  yield* sink.write(bytesData(head));
  if (stored !== null) yield* sink.write(stored);
}

function header(image: ImageCtx, { from, to, format }: DiffExport): Uint8Array {
  return encode((e) => {
    e.raw(utf8Encode(format === 1 ? BANNER.diff : BANNER.diffV2));
    if (from !== null) text(e, format, DIFF_TAG.fromSnap, from);
    if (to !== null) text(e, format, DIFF_TAG.toSnap, to);
    if (to !== null && format === 2) {
      tag(e, format, DIFF_TAG.protection, 1);
      e.bool(image.snap?.protection === 'protected');
    }
    tag(e, format, DIFF_TAG.imageSize, 8);
    e.u64(image.size);
  });
}

function text(e: Encoder, format: 1 | 2, name: string, value: string): void {
  const bytes = utf8Encode(value);
  tag(e, format, name, bytes.length + 4);
  e.blob(bytes);
}

/** A tag, and in format 2 the length of what follows. */
export function tag(e: Encoder, format: 1 | 2, name: string, length: number): void {
  e.raw(utf8Encode(name));
  if (format === 2) e.u64(length);
}
