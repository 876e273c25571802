import { copyImage } from '../../../../src/engine/librbd/operation/copy.ts';
import { newKindOf } from '../kinds.ts';
import type { ModelImage } from '../model.ts';
import { placeOf } from '../places.ts';
import type { Step, World } from '../world.ts';
import { MOST_IMAGES, newModel } from './create.ts';
import { snapOf } from './snaps.ts';

/** The bytes of the head or of a snapshot, in another shape. */
export function copy(world: World, image: ModelImage, step: Step): void {
  if (world.images.length >= MOST_IMAGES) return;
  const snap = step.a % 2 === 0 ? undefined : snapOf(image, step.a >>> 1);
  const place = placeOf(step.a);
  const kind = newKindOf(step.b, (snap ?? { content: image.head }).content.size);
  const name = world.newName('i');
  world.reading(image, snap ?? null, (open) => copyImage(open, world.io(place), name, kind));
  world.images.push(newModel(name, place, kind, snap?.content ?? image.head));
}
