import { type DiffExtent, diffImage } from '../../../../src/engine/librbd/operation/diff.ts';
import { type Content, emptyContent, firstChange } from '../content.ts';
import type { ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';
import { snapOf } from './snaps.ts';

/** What a diff does not tell has not changed; what it calls gone is zeros. */
export function diff(world: World, image: ModelImage, step: Step): void {
  const to = step.a % 3 === 0 ? undefined : snapOf(image, step.a >>> 2);
  const older = image.snaps.slice(0, to === undefined ? undefined : image.snaps.indexOf(to));
  const from = step.b % 3 === 0 ? undefined : older[(step.b >>> 2) % Math.max(1, older.length)];
  const wholeObject = step.b % 2 === 0 && !image.isMapRough;
  const extents = world.reading(image, to ?? null, (open) => diffImage(open, from?.name ?? null, { wholeObject }));
  const after = to?.content ?? image.head;
  const before = from?.content ?? emptyContent(0);
  expectDiff(world, `${image.name} from ${from?.name} to ${to?.name}`, before, after, extents);
}

export function expectDiff(
  world: World,
  what: string,
  before: Content,
  after: Content,
  extents: readonly DiffExtent[],
): void {
  const zeros = emptyContent(after.size);
  let end = 0;
  for (const { offset, length, exists } of extents) {
    world.expect(offset >= end && offset + length <= after.size, `${what}: ${offset}~${length} after ${end}`);
    expectSame(world, what, before, after, end, offset);
    if (!exists) expectSame(world, `${what}, gone`, zeros, after, offset, offset + length);
    end = offset + length;
  }
  expectSame(world, what, before, after, end, after.size);
}

function expectSame(world: World, what: string, a: Content, b: Content, from: number, to: number): void {
  const at = firstChange(a, b, from, to - from);
  world.expect(at === null, `diff of ${what}: byte ${at} is not told right`);
}
