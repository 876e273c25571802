import type { ClusterView } from '../../../protocol/view.ts';
import { moveAt, type Position, partOf } from './frame.ts';
import type { HeldLink, Plan } from './plan.ts';

/** The links to parents that are there in one view and gone in the next. */
export function linksCut(before: ClusterView | null, after: ClusterView): readonly HeldLink[] {
  if (before === null || before.images === after.images) return [];
  const known = new Map(before.images.map((image) => [image.id, image.parent]));
  return after.images.flatMap((image) => {
    const parent = known.get(image.id) ?? null;
    return image.parent === null && parent !== null ? [{ imageId: image.id, parent }] : [];
  });
}

/**
 * Of the links that were cut those that are still drawn: until the move that tells of the cut is over. The engine
 * tells of it only some steps after the parent is gone; where a command has ended without telling, the end will do.
 */
export function linksHeld(
  cut: readonly HeldLink[],
  plan: Plan,
  position: Position,
  ended: boolean,
): readonly HeldLink[] {
  return cut.filter((link) => {
    const index = plan.moves.findIndex((move) => move.detaches === link.imageId);
    const move = plan.moves[index];
    if (move !== undefined) return partOf(move, index, position) < 1;
    return !ended || moveAt(plan, position) !== null;
  });
}
