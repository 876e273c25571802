import type { Task } from '../../base/task.ts';
import type { MirrorImage } from '../../codec/rbd-mirror-codec.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { LOCAL } from '../journal/journal-names.ts';
import { journalOwner } from '../journal/tags.ts';
import { getMirrorImage } from './list-images.ts';

export interface MirrorImageInfo extends MirrorImage {
  /** It leads; else it follows another one, or nobody does. */
  readonly primary: boolean;
}

/**
 * How an image is mirrored; null where it is not.
 *
 * @ceph src/librbd/mirror/GetInfoRequest.cc, snapshot/GetMirrorInfo — exact
 */
export function* mirrorImageInfo(image: ImageCtx): Task<MirrorImageInfo | null> {
  const mirrored = yield* getMirrorImage(image.io, image.id);
  if (mirrored === null) return null;
  if (mirrored.mode === 'journal') return { ...mirrored, primary: (yield* journalOwner(image)) === LOCAL };
  const last = image.header.snaps.findLast(({ namespace }) => namespace.type === 'mirror')?.namespace;
  return { ...mirrored, primary: last?.type === 'mirror' && last.state === 'primary' };
}
