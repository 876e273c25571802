import { renameImage } from '../../../../src/engine/librbd/operation/rename.ts';
import type { ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';

export function rename(world: World, image: ModelImage, _step: Step): void {
  world.close(image);
  const name = world.newName('r');
  world.run(renameImage(world.io(image.place), image.name, name));
  image.name = name;
}
