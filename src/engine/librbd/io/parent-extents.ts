import type { ImageCtx } from '../image-ctx.ts';
import { type ImageExtent, pruneExtents } from './striper.ts';

/**
 * Where stretches of an image lie in its parent, as far as the overlap reaches. Headers of encryption stand apart: data behind
 * the one is data behind the other, wherever the two begin.
 *
 * @ceph src/librbd/ImageCtx.cc prune_parent_extents, reduce_parent_overlap — exact
 */
export function inParent(image: ImageCtx, parent: ImageCtx, extents: readonly ImageExtent[]): ImageExtent[] {
  const { dataOffset: own } = image;
  const overlap = Math.min(image.parentOverlap, parent.size);
  const { dataOffset: theirs } = parent;
  if (own === 0 && theirs === 0) return pruneExtents(extents, overlap);
  const [first] = extents;
  if (first === undefined) return [];
  // Data begin with an object, so a stretch of one is all header or all data.
  if (first.off < own) return pruneExtents(extents, Math.min(overlap, own, theirs));
  const data = extents.map(({ off, len }) => ({ off: off - own, len }));
  const shared = pruneExtents(data, Math.max(0, Math.min(overlap - own, parent.dataSize)));
  return shared.map(({ off, len }) => ({ off: off + theirs, len }));
}
