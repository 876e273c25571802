import { bytesData, fillData } from '../../../../src/engine/base/data.ts';
import { writeImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { written } from '../content.ts';
import type { ModelImage } from '../model.ts';
import { randomBytes } from '../random.ts';
import type { Step, World } from '../world.ts';
import { rangeOf } from './ranges.ts';

const MOST_WHOLE_BYTES = 65_536;

export function write(world: World, image: ModelImage, step: Step): void {
  const range = rangeOf(image, step.a, step.b);
  if (range === null) return;
  const bytes = randomBytes(range.len, step.b);
  world.run(writeImage(world.handle(image, step), range.off, bytesData(bytes)));
  image.head = written(image.head, range.off, bytes);
}

/** An object as a whole, where objects are small. */
export function writeObject(world: World, image: ModelImage, step: Step): void {
  const object = 2 ** image.kind.order;
  if (object > MOST_WHOLE_BYTES || image.head.size === 0) {
    write(world, image, step);
    return;
  }
  const off = Math.floor((step.a % image.head.size) / object) * object;
  const len = Math.min(image.head.size - off, object);
  world.run(writeImage(world.handle(image, step), off, fillData(len, step.b % 256)));
  image.head = written(image.head, off, new Uint8Array(len).fill(step.b % 256));
}
