import { bytesData } from '../../../../src/engine/base/data.ts';
import { writeSameImage } from '../../../../src/engine/librbd/io/write-same.ts';
import { written } from '../content.ts';
import type { ModelImage } from '../model.ts';
import { randomBytes } from '../random.ts';
import type { Step, World } from '../world.ts';
import { rangeOf } from './ranges.ts';

const MOST_UNIT_BYTES = 600;

/** A short pattern, over and over. A stretch that is no multiple of it is refused. */
export function writeSame(world: World, image: ModelImage, step: Step): void {
  const range = rangeOf(image, step.a, step.b);
  if (range === null) return;
  const unit = randomBytes(Math.min(range.len, 1 + (step.a % MOST_UNIT_BYTES)), step.b);
  const handle = world.handle(image, step);
  const length = range.len - (range.len % unit.length);
  if (length < range.len && step.b % 5 === 0) {
    world.refused('EINVAL', 'write-same of a part', writeSameImage(handle, range.off, range.len, bytesData(unit)));
  }
  world.run(writeSameImage(handle, range.off, length, bytesData(unit)));
  const bytes = new Uint8Array(length).map((_, at) => unit[at % unit.length] ?? 0);
  image.head = written(image.head, range.off, bytes);
}
