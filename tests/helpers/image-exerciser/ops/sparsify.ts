import { sparsifyImage } from '../../../../src/engine/librbd/operation/sparsify.ts';
import { type ModelImage, roughenMap } from '../model.ts';
import type { Step, World } from '../world.ts';

/** Not one byte changes. */
export function sparsify(world: World, image: ModelImage, step: Step): void {
  world.run(sparsifyImage(world.handle(image, step), 4096));
  roughenMap(image);
}
