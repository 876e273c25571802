import { bytesData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode, utf8Length } from '../../../engine/base/utf8.ts';
import { encode } from '../../../engine/codec/denc.ts';
import type { ImageCtx, ImageSnap } from '../../../engine/librbd/image-ctx.ts';
import { withImage } from '../../../engine/librbd/open.ts';
import { listMetadata } from '../../../engine/librbd/operation/metadata.ts';
import { NO_PROGRESS, type OnProgress } from '../../../engine/librbd/progress.ts';
import type { Process } from '../../process.ts';
import type { ByteSink } from './byte-sink.ts';
import { BANNER, IMAGE_TAG } from './diff-tags.ts';
import { exportDiff, tag } from './export-diff.ts';

/**
 * `--export-format 2`: the image's properties and metadata, then a diff for each snapshot and one for the head (also
 * where a snapshot is named).
 * @ceph src/tools/rbd/action/Export.cc do_export_v2 — exact
 */
export function* exportWithSnaps(
  image: ImageCtx,
  sink: ByteSink,
  onProgress: OnProgress,
  process: Process,
): Task<void> {
  const { snaps } = image.header;
  yield* sink.write(bytesData(properties(image, yield* listMetadata(image))));
  yield* sink.write(bytesData(encode((e) => e.raw(utf8Encode(BANNER.imageDiffs)).u64(snaps.length + 1))));
  let before: ImageSnap | null = null;
  for (const [index, snap] of snaps.entries()) {
    if (snap.namespace.type !== 'user') yield* notByName(process, snap);
    yield* exportPart(image, before, snap, sink);
    onProgress(index, snaps.length + 1);
    before = snap;
  }
  yield* exportPart(image, before, null, sink);
  onProgress(1, 1);
}

/** The tool opens each by its name, and finds those of people alone: one in the trash or of a group ends it. */
function* notByName(process: Process, { name }: ImageSnap): Task<void> {
  const error = new CephError('ENOENT', name);
  yield* process.stderr.write(`error setting snapshot context: ${cppStrerror(error.errno)}\n`);
  throw error;
}

function* exportPart(image: ImageCtx, from: ImageSnap | null, to: ImageSnap | null, sink: ByteSink): Task<void> {
  const at = to === null ? {} : { snapId: to.id };
  const options = { from: from?.name ?? null, to: to?.name ?? null, wholeObject: false, format: 2 } as const;
  yield* withImage(image.io, image.target, { readOnly: true, ...at }, (part) =>
    exportDiff(part, options, sink, NO_PROGRESS),
  );
}

function properties({ header }: ImageCtx, metadata: readonly (readonly [string, string])[]): Uint8Array {
  const numbers = [
    [IMAGE_TAG.order, header.order],
    [IMAGE_TAG.features, header.features],
    [IMAGE_TAG.stripeUnit, header.stripeUnit],
    [IMAGE_TAG.stripeCount, header.stripeCount],
  ] as const;
  return encode((e) => {
    e.raw(utf8Encode(BANNER.image));
    for (const [name, value] of numbers) {
      tag(e, 2, name, 8);
      e.u64(value);
    }
    for (const [key, value] of metadata) {
      tag(e, 2, IMAGE_TAG.meta, utf8Length(key) + utf8Length(value) + 8);
      e.string(key).string(value);
    }
    e.raw(utf8Encode(IMAGE_TAG.end));
  });
}
