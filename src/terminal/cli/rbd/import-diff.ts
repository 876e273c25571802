import { sliceData } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import { writeImage, writeZeroesImage } from '../../../engine/librbd/io/image-io.ts';
import { resizeImage } from '../../../engine/librbd/operation/resize.ts';
import { createSnap } from '../../../engine/librbd/operation/snap-create.ts';
import { protectSnap } from '../../../engine/librbd/operation/snap-protect.ts';
import type { OnProgress } from '../../../engine/librbd/progress.ts';
import { type ByteSource, readExact, readExactData } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { readTag, readText, readU64, skip } from './diff-source.ts';
import { DIFF_TAG, MOST_NAME_BYTES } from './diff-tags.ts';
import { sparseRuns } from './sparse.ts';

export interface DiffImport {
  readonly run: RbdRun;
  readonly source: ByteSource;
  readonly format: 1 | 2;
  readonly sparseSize: number;
  readonly onProgress: OnProgress;
}

/** What a diff says beside its data. */
interface DiffState {
  toSnap: string | null;
  protect: boolean;
  /** What progress counts to: the file, or the image where the diff comes from the standard input. */
  total: number;
}

/**
 * Applies a diff whose banner has been read, and makes its snapshot. EINVAL where the snapshot that it starts from is
 * not there, EEXIST where the one that it ends with is.
 * @ceph src/tools/rbd/action/Import.cc do_import_diff_fd — exact
 */
export function* importDiff(image: ImageCtx, from: DiffImport): Task<void> {
  const { run, source, format } = from;
  const state: DiffState = { toSnap: null, protect: false, total: source.size ?? 0 };
  for (;;) {
    const { tag, length } = yield* readTag(run, source, DIFF_TAG.end, format);
    if (tag === DIFF_TAG.end) break;
    yield* importPart(image, from, state, tag, length);
  }
  if (state.toSnap === null) return;
  yield* createSnap(image, state.toSnap);
  if (state.protect) yield* protectSnap(image, state.toSnap);
}

function* importPart(image: ImageCtx, from: DiffImport, state: DiffState, tag: string, length: number): Task<void> {
  const { run, source } = from;
  if (tag === DIFF_TAG.write || tag === DIFF_TAG.zero) {
    yield* importExtent(image, from, state, tag === DIFF_TAG.zero);
    return;
  }
  if (tag === DIFF_TAG.fromSnap) yield* checkFrom(run, image, source);
  else if (tag === DIFF_TAG.toSnap) state.toSnap = yield* readTo(run, image, source);
  else if (tag === DIFF_TAG.protection) state.protect = (yield* readExact(source, 1))[0] !== 0;
  else if (tag === DIFF_TAG.imageSize) yield* resize(image, from, state);
  else {
    yield* run.complain(`unrecognized tag byte ${tag.charCodeAt(0)} in stream; skipping\n`);
    yield* skip(run, source, length);
  }
  tell(from, state, source.position);
}

function* checkFrom(run: RbdRun, image: ImageCtx, source: ByteSource): Task<void> {
  const name = yield* readText(run, source, MOST_NAME_BYTES, 'start snap name');
  if (image.userSnap(name) !== undefined) return;
  yield* run.complain(`start snapshot '${name}' does not exist in the image, aborting\n`);
  throw new CephError('EINVAL', name);
}

function* readTo(run: RbdRun, image: ImageCtx, source: ByteSource): Task<string> {
  const name = yield* readText(run, source, MOST_NAME_BYTES, 'end snap name');
  if (image.userSnap(name) === undefined) return name;
  yield* run.complain(`end snapshot '${name}' already exists, aborting\n`);
  throw new CephError('EEXIST', name);
}

function* resize(image: ImageCtx, { run, source }: DiffImport, state: DiffState): Task<void> {
  const size = yield* readU64(run, source, 'image size');
  if (size !== image.size) yield* resizeImage(image, size, true);
  if (source.size === null) state.total = size;
}

function* importExtent(image: ImageCtx, from: DiffImport, state: DiffState, zero: boolean): Task<void> {
  const { run, source } = from;
  const offset = yield* readU64(run, source, 'IO length');
  const length = yield* readU64(run, source, 'IO length');
  if (zero) {
    yield* writeZeroesImage(image, offset, length);
    tell(from, state, source.size === null ? offset : source.position);
    return;
  }
  const data = yield* readExactData(source, length);
  for (const part of sparseRuns(data, from.sparseSize)) {
    const at = offset + part.off;
    if (part.zero) yield* writeZeroesImage(image, at, part.len);
    else yield* writeImage(image, at, sliceData(data, part.off, part.len));
    tell(from, state, source.size === null ? at : source.position);
  }
}

function tell({ onProgress }: DiffImport, { total }: DiffState, done: number): void {
  if (total > 0) onProgress(done, total);
}
