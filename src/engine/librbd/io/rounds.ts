import type { ImageCtx } from '../image-ctx.ts';

/**
 * Cuts long work into rounds of as many objects as an operation on an image has under way at once.
 *
 * @ceph rbd_concurrent_management_ops — the next one of a real operation starts when any of them ends, here when all have
 */
export function* rounds<T>(image: ImageCtx, items: Iterable<T>): Generator<readonly T[]> {
  const most = Number(image.io.rados.config('rbd_concurrent_management_ops'));
  let round: T[] = [];
  for (const item of items) {
    round.push(item);
    if (round.length < most) continue;
    yield round;
    round = [];
  }
  if (round.length > 0) yield round;
}

/** Numbers from `start` up to (without) `end`, a `step` apart. */
export function* steps(start: number, end: number, step = 1): Generator<number> {
  for (let at = start; at < end; at += step) yield at;
}
