import type { ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';

export function reopen(world: World, image: ModelImage, step: Step): void {
  world.close(image, step.client);
  world.handle(image, step);
}
