import { bytesData } from '../../../../src/engine/base/data.ts';
import { compareAndWriteImage } from '../../../../src/engine/librbd/io/compare-and-write.ts';
import { bytesOf, written } from '../content.ts';
import type { ModelImage } from '../model.ts';
import { randomBytes } from '../random.ts';
import type { Step, World } from '../world.ts';
import { inOneObject, rangeOf } from './ranges.ts';

/** Writes where the bytes are as expected; where one is not, and across objects, nothing. */
export function compareAndWrite(world: World, image: ModelImage, step: Step): void {
  const range = rangeOf(image, step.a, step.b);
  if (range === null) return;
  const handle = world.handle(image, step);
  const length = inOneObject(image, range.off, range.len);
  const compare = bytesOf(image.head, range.off, length);
  const bytes = randomBytes(length, step.b);
  const change = () => compareAndWriteImage(handle, range.off, bytesData(compare), bytesData(bytes));
  if (step.b % 4 === 0) {
    compare[step.a % length] = (compare[step.a % length] ?? 0) ^ (1 + (step.a % 255));
    world.refused('EILSEQ', 'a write where other bytes are', change());
  } else {
    world.run(change());
    image.head = written(image.head, range.off, bytes);
  }
}
