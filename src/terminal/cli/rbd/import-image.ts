import { sliceData } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import { writeImage } from '../../../engine/librbd/io/image-io.ts';
import { withImage } from '../../../engine/librbd/open.ts';
import type { CreateOptions } from '../../../engine/librbd/operation/create.ts';
import { setMetadata } from '../../../engine/librbd/operation/metadata.ts';
import { removeImage } from '../../../engine/librbd/operation/remove.ts';
import { resizeImage } from '../../../engine/librbd/operation/resize.ts';
import { NO_PROGRESS, type OnProgress } from '../../../engine/librbd/progress.ts';
import type { ByteSource } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { createOfFormat } from './create-options.ts';
import { readBanner, readU64 } from './diff-source.ts';
import { BANNER } from './diff-tags.ts';
import { importDiff } from './import-diff.ts';
import { type ImageProperties, NO_PROPERTIES, readProperties } from './import-properties.ts';
import { sparseRuns } from './sparse.ts';

export interface ImageImport {
  readonly run: RbdRun;
  readonly source: ByteSource;
  readonly format: 1 | 2;
  readonly sparseSize: number;
  /** What the command line says of the new image; it comes before what the file says. */
  readonly options: CreateOptions;
  readonly onProgress: OnProgress;
}

const DEFAULT_ORDER = 22;

/**
 * Makes an image and fills it. Where filling it fails, it is removed again.
 * @ceph src/tools/rbd/action/Import.cc do_import — exact
 */
export function* importImage(io: IoCtx, name: string, from: ImageImport): Task<void> {
  const { run, source, format } = from;
  const properties =
    format === 1 ? NO_PROPERTIES : yield* run.orTell('import header failed.', readProperties(run, source));
  const options = { ...properties.options, ...from.options };
  const blockSize = 2 ** (options.order ?? DEFAULT_ORDER);
  yield* run.orTell('image creation failed', createOfFormat(run, io, name, source.size ?? blockSize, options));
  try {
    yield* withImage(io, { name }, {}, (image) => fill(image, from, properties, blockSize));
  } catch (error) {
    if (error instanceof CephError) yield* removeImage(io, { name }, NO_PROGRESS);
    throw error;
  }
}

function* fill(image: ImageCtx, from: ImageImport, { metadata }: ImageProperties, blockSize: number): Task<void> {
  for (const [key, value] of metadata) {
    yield* from.run.orTell('failed to import image-meta', setMetadata(image, key, value));
  }
  const content = from.format === 1 ? importBytes(image, from, blockSize) : importDiffs(image, from);
  yield* from.run.orTell('failed to import image', content);
}

/** Block by block; a stream's image grows by doubling, and gets its length at the end. */
function* importBytes(image: ImageCtx, from: ImageImport, blockSize: number): Task<void> {
  const { source, onProgress } = from;
  let at = 0;
  for (;;) {
    const data = yield* source.read(blockSize);
    if (source.size !== null) onProgress(at, source.size);
    while (source.size === null && at + data.length > image.size) yield* resizeImage(image, image.size * 2, false);
    for (const { off, len, zero } of sparseRuns(data, from.sparseSize)) {
      if (!zero) yield* writeImage(image, at + off, sliceData(data, off, len));
    }
    at += data.length;
    if (data.length < blockSize || (source.size !== null && at >= source.size)) break;
  }
  if (source.size === null) yield* resizeImage(image, at, true);
}

/** The head's properties are followed by a diff for each snapshot, and one for the head. */
function* importDiffs(image: ImageCtx, { run, source, sparseSize, onProgress }: ImageImport): Task<void> {
  yield* readBanner(run, source, BANNER.imageDiffs);
  const count = yield* readU64(run, source, 'diff count');
  for (let index = 0; index < count; index++) {
    yield* readBanner(run, source, BANNER.diffV2);
    yield* importDiff(image, { run, source, format: 2, sparseSize, onProgress: NO_PROGRESS });
    onProgress(index + 1, count);
  }
}
