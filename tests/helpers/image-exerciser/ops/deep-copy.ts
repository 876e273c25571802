import type { ImageCtx } from '../../../../src/engine/librbd/image-ctx.ts';
import { deepCopyImage } from '../../../../src/engine/librbd/operation/deep-copy.ts';
import { newKindOf } from '../kinds.ts';
import type { ModelImage, ModelParent, ModelSnap } from '../model.ts';
import { PLACES, placeOf } from '../places.ts';
import type { Step, World } from '../world.ts';
import { MOST_IMAGES, newModel } from './create.ts';
import { snapOf } from './snaps.ts';

/** With the snapshots up to the one that is copied, and as a clone of the same parent where it is not flattened. */
export function deepCopy(world: World, image: ModelImage, step: Step): void {
  if (world.images.length >= MOST_IMAGES) return;
  const last = step.a % 2 === 0 ? undefined : snapOf(image, step.a >>> 1);
  const flatten = step.b % 3 === 0;
  const place = placeOf(step.a);
  const largest = Math.max(image.head.size, ...image.snaps.map(({ content }) => content.size));
  const kind = newKindOf(step.b, largest);
  const name = world.newName('i');
  const isLinked = !flatten && (last ?? image).isLinked;
  const format = image.parent === null ? {} : { cloneFormat: image.parent.cloneFormat };
  const deepCopied = (open: ImageCtx) => deepCopyImage(open, world.io(place), name, { ...kind, ...format, flatten });
  // A snapshot in the trash takes no further clone: cls_rbd's child_attach says ENOENT.
  if (isLinked && image.parent?.image.trashed.includes(image.parent.snap)) return;
  if (isLinked && isAcross(image.parent, place)) {
    world.reading(image, last ?? null, function* (open) {
      world.refused('EXDEV', `deep copy of ${image.name}`, deepCopied(open));
      yield 0;
    });
    return;
  }
  world.reading(image, last ?? null, deepCopied);
  const model = newModel(name, place, kind, last?.content ?? image.head);
  const snaps = image.snaps.slice(0, last === undefined ? undefined : image.snaps.indexOf(last) + 1);
  world.images.push({
    ...model,
    snaps: snaps.map((snap): ModelSnap => ({ ...snap, isLinked })),
    parent: isLinked ? image.parent : null,
    isLinked,
  });
}

/** A clone of format 1 has its parent in its own namespace. */
function isAcross(parent: ModelParent | null, place: number): boolean {
  if (parent?.cloneFormat !== 1) return false;
  return PLACES[place]?.nspace !== PLACES[parent.image.place]?.nspace;
}
