import { writeZeroesImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { zeroed } from '../content.ts';
import type { ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';
import { wideRangeOf } from './ranges.ts';

export function writeZeroes(world: World, image: ModelImage, step: Step): void {
  const range = wideRangeOf(image, step.a, step.b);
  if (range === null) return;
  world.run(writeZeroesImage(world.handle(image, step), range.off, range.len));
  image.head = zeroed(image.head, range.off, range.len);
}
