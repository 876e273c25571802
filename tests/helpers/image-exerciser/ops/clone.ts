import { cloneImage } from '../../../../src/engine/librbd/operation/clone.ts';
import { protectSnap } from '../../../../src/engine/librbd/operation/snap-protect.ts';
import { newKindOf } from '../kinds.ts';
import type { ModelImage } from '../model.ts';
import { PLACES, placeOf } from '../places.ts';
import type { Step, World } from '../world.ts';
import { createNew, MOST_IMAGES, newModel } from './create.ts';
import { snapOf } from './snaps.ts';

/** With a shape and features of its own, in any pool and namespace. Format 1 needs a protected snapshot in the same namespace. */
export function clone(world: World, image: ModelImage, step: Step): void {
  const snap = snapOf(image, step.a >>> 3);
  if (world.images.length >= MOST_IMAGES) return;
  if (snap === undefined || image.kind.format === 1 || snap.content.size === 0) {
    createNew(world, step);
    return;
  }
  const place = placeOf(step.a);
  const kind = newKindOf(step.b, snap.content.size);
  const asked = step.b % 5 < 2 ? 1 : 2;
  const cloneFormat = PLACES[place]?.nspace === PLACES[image.place]?.nspace ? asked : 2;
  if (cloneFormat === 1 && !snap.isProtected) {
    world.run(protectSnap(world.handle(image, step), snap.name));
    snap.isProtected = true;
  }
  const name = world.newName('i');
  const source = { io: world.io(image.place, step.client), imageName: image.name, snapName: snap.name };
  world.run(cloneImage(source, world.io(place), name, { ...kind, cloneFormat }));
  const model = newModel(name, place, kind, snap.content);
  world.images.push({ ...model, parent: { image, snap, cloneFormat }, isLinked: true });
}
