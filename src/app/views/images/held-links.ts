import type { ImageView } from '../../../protocol/view.ts';
import type { HeldLink } from '../../scene/choreography/plan.ts';

/** The images with the links that motion still holds: what was cut off hangs at its parent until the cut has been seen. */
export function withHeldLinks(images: readonly ImageView[], links: readonly HeldLink[]): readonly ImageView[] {
  if (links.length === 0) return images;
  const held = new Map(links.map((link) => [link.imageId, link.parent]));
  return images.map((image) => {
    const parent = held.get(image.id);
    return parent === undefined || image.parent !== null ? image : { ...image, parent };
  });
}
