import { must } from '../../base/assert.ts';
import { type Data, sliceData } from '../../base/data.ts';
import { nonZeroRanges } from '../../base/non-zero.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdMetadata } from '../../codec/cls-rbd-methods.ts';
import { noting } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { FEATURES_IMPLICIT } from '../features.ts';
import { type ImageCtx, imageTarget } from '../image-ctx.ts';
import { type ImagePiece, readImages, writeImages } from '../io/image-io.ts';
import { rounds, steps } from '../io/rounds.ts';
import { createOldImage } from '../old-format/create.ts';
import { withImage } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { createImage } from './create.ts';
import type { CreateOptions } from './create-plan.ts';
import { listMetadataOf } from './metadata.ts';
import { tellProgress } from './tell-progress.ts';

export interface CopyOptions extends CreateOptions {
  /** Stretches of zeros at least this long are left out; 4096 unless given. */
  readonly sparseSize?: number;
}

const DEFAULT_SPARSE_SIZE = 4096;

/**
 * `rbd cp`: a new image with the data of the head or snapshot that is open; answers its id.
 *
 * @ceph src/librbd/internal.cc copy — exact
 */
export function* copyImage(
  source: ImageCtx,
  io: IoCtx,
  name: string,
  options: CopyOptions = {},
  onProgress: OnProgress = NO_PROGRESS,
): Task<string> {
  const id = yield* createCopy(source, io, name, options);
  yield* withImage(io, imageTarget(id, name), {}, function* (dest) {
    yield* copyMetadata(source, dest);
    const { sparseSize = DEFAULT_SPARSE_SIZE } = options;
    yield* copyData(source, dest, sparseSize, tellProgress(dest, 'copy', onProgress));
  });
  return id;
}

/** In clusters whose images are of format 1 by themselves, a copy is so too; then it has no id. */
function* createCopy(source: ImageCtx, io: IoCtx, name: string, options: CreateOptions): Task<string> {
  if (!source.oldFormat || io.rados.port.era.defaultFormat === 2) {
    const created = createImage(io, name, source.size, copiedOptions(source, options));
    return yield* noting(io.rados, 'librbd', 'header creation failed', created);
  }
  yield* createOldImage(io, name, source.size, { order: source.header.order, ...options });
  return '';
}

/** A copy is made as its source is, where nothing else is asked for. */
export function copiedOptions<T extends CreateOptions>(source: ImageCtx, options: T): CreateOptions & T {
  const { features, order, stripeUnit, stripeCount } = source.header;
  return { features: features & ~FEATURES_IMPLICIT, order, stripeUnit, stripeCount, ...options };
}

export function* copyMetadata(source: ImageCtx, dest: ImageCtx): Task<void> {
  const metadata = yield* listMetadataOf(source.io, source.headerOid);
  if (metadata.length > 0) yield* dest.io.exec(dest.headerOid, clsRbdMetadata.set, { entries: new Map(metadata) });
}

function* copyData(source: ImageCtx, dest: ImageCtx, sparseSize: number, tell: OnProgress): Task<void> {
  const { size, layout } = source;
  const period = layout.objectSize * layout.stripeCount;
  for (const round of rounds(source, steps(0, size, period))) {
    for (const off of round) tell(off, size);
    const read = yield* readImages(
      source,
      round.map((off) => ({ off, len: period })),
    );
    yield* writeImages(
      dest,
      read.flatMap((data, at) => piecesOf(data, must(round[at], 'a place'), sparseSize)),
    );
  }
  tell(size, size);
}

function piecesOf(data: Data, at: number, sparseSize: number): ImagePiece[] {
  return nonZeroRanges(data, sparseSize).map(({ off, len }) => ({ off: at + off, data: sliceData(data, off, len) }));
}
