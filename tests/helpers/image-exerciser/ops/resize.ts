import { resizeImage } from '../../../../src/engine/librbd/operation/resize.ts';
import { resized } from '../content.ts';
import { sizeOf } from '../kinds.ts';
import type { ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';

/** To nothing at times. */
export function resize(world: World, image: ModelImage, step: Step): void {
  const size = step.b % 23 === 0 ? 0 : sizeOf(image.kind, step.a);
  const handle = world.handle(image, step);
  if (size < image.head.size && step.b % 7 === 0) {
    world.refused('EINVAL', 'a shrink that is not allowed', resizeImage(handle, size, false));
  }
  world.run(resizeImage(handle, size, true));
  image.head = resized(image.head, size);
}
