import { must } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import { ImageCtx } from '../image-ctx.ts';
import { readHeaderOf } from '../old-format/read-header.ts';
import { openReadOnly } from '../refresh.ts';
import { openForeignImage } from './sources/foreign-image.ts';

/** Open states of a source by the image that is migrated into, for as long as that stays open: a source does not change. */
const OPEN = new WeakMap<ImageCtx, Map<number, ImageCtx>>();

/** The source as it was at one of its snapshots, or its head, open for reading. */
export function* openSourceState(image: ImageCtx, snapId: number): Task<ImageCtx> {
  const { source } = must(image.header.migration ?? undefined, 'migration');
  const open = OPEN.get(image) ?? new Map<number, ImageCtx>();
  OPEN.set(image, open);
  const known = open.get(snapId);
  if (known !== undefined) return known;
  if (source.foreign !== '') {
    const state = yield* openForeignImage(image.io, source.foreign, snapId);
    open.set(snapId, state);
    return state;
  }
  const io = image.io.rados.ioCtx(source.pool, source.nspace);
  const header = yield* readHeaderOf(io, source.imageId, source.imageName);
  const state = new ImageCtx(io, source.imageId, source.imageName, header, { snapId, readOnly: true, cookie: 0 });
  yield* openReadOnly(state, false);
  open.set(snapId, state);
  return state;
}
