import { discardImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { type Content, zeroed } from '../content.ts';
import { type Kind, piecesOf } from '../kinds.ts';
import type { ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';
import { wideRangeOf } from './ranges.ts';

const GRANULARITY = 65_536;

/** Frees whole steps of 64 KiB within an object; of objects that are smaller, what is covered up to their end. */
export function discard(world: World, image: ModelImage, step: Step): void {
  const range = wideRangeOf(image, step.a, step.b);
  if (range === null) return;
  world.run(discardImage(world.handle(image, step), range.off, range.len));
  image.head = discarded(image.head, image.kind, range.off, range.len);
}

function discarded(content: Content, kind: Kind, off: number, len: number): Content {
  const covered = new Map<number, { from: number; to: number }>();
  for (const { objectNo, within, len: length } of piecesOf(kind, off, len)) {
    const { from } = covered.get(objectNo) ?? { from: within };
    covered.set(objectNo, { from, to: within + length });
  }
  let out = content;
  for (const { objectNo, within, at, len: length } of piecesOf(kind, off, len)) {
    const freed = alignedIn(2 ** kind.order, covered.get(objectNo) ?? { from: 0, to: 0 });
    const [from, to] = [Math.max(within, freed.from), Math.min(within + length, freed.to)];
    if (from < to) out = zeroed(out, at + from - within, to - from);
  }
  return out;
}

function alignedIn(object: number, { from, to }: { from: number; to: number }): { from: number; to: number } {
  const step = Math.min(GRANULARITY, object);
  if (step === object && to === object) return { from, to };
  return { from: Math.ceil(from / step) * step, to: to - (to % step) };
}
