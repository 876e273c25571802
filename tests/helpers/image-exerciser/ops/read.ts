import { readImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { firstDifference } from '../content.ts';
import type { ModelImage } from '../model.ts';
import { Difference, type Step, type World } from '../world.ts';
import { wideRangeOf } from './ranges.ts';

export function read(world: World, image: ModelImage, step: Step): void {
  const range = wideRangeOf(image, step.a, step.b);
  if (range === null) return;
  const data = world.run(readImage(world.handle(image, step), range.off, range.len));
  world.expect(data.length === range.len, `${image.name}: ${data.length} bytes read of ${range.len}`);
  const at = firstDifference(image.head, range.off, data);
  if (at !== null) throw new Difference(`${image.name}: byte ${at} is wrong, read from ${range.off}~${range.len}`);
}
