import type { Box } from '../../scene/geometry.ts';
import { clamp } from '../../scene/units.ts';

/** Moves a box that is scrolled out of sight to the edge of what can be seen. */
export function clipTo(
  box: Box,
  seen: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
): Box {
  const x = clamp(box.x, seen.left, Math.max(seen.left, seen.right - 4));
  const y = clamp(box.y, seen.top - 2, Math.max(seen.top, seen.bottom - 4));
  return {
    x,
    y,
    width: Math.min(box.width, Math.max(4, seen.right - x)),
    height: Math.min(box.height, Math.max(4, seen.bottom - y)),
  };
}
