import { removeImage } from '../../../../src/engine/librbd/operation/remove.ts';
import { forgetTrashed, type ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';

/** An image with snapshots, trashed ones too, stays; else nothing of it does. */
export function remove(world: World, image: ModelImage, _step: Step): void {
  world.close(image);
  const task = removeImage(world.io(image.place), { name: image.name });
  if (image.snaps.length + image.trashed.length > 0) {
    world.refused('ENOTEMPTY', `removal of ${image.name}`, task);
    return;
  }
  world.run(task);
  world.images.splice(world.images.indexOf(image), 1);
  forgetTrashed(world.images);
}
