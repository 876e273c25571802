import { type RefObject, useLayoutEffect, useRef } from 'react';
import { boxOf, type Rect, type TreeMapLayout } from '../../scene/maps/tree-map.ts';

const MS = 220;

/** As a bucket opens, its content grows out of where it stood; as it closes, it shrinks back. Not with reduced motion. */
export function useZoom(layout: TreeMapLayout): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const before = useRef(layout);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = layout;
    const element = ref.current;
    if (element === null || last.top === layout.top || last.boxes.length !== layout.boxes.length) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const from = startOf(last, layout);
    if (from === null) return;
    element.animate(
      [
        { transform: from, opacity: 0.35 },
        { transform: 'none', opacity: 1 },
      ],
      {
        duration: MS,
        easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)',
      },
    );
  }, [layout]);
  return ref;
}

/** Where the new picture starts from: the place of what opens, or the whole of which the old picture was a part. */
function startOf(last: TreeMapLayout, next: TreeMapLayout): string | null {
  const opened = next.top < 0 ? null : boxOf(last, next.top);
  if (opened !== null && opened.width > 0) return place(opened, last.width, last.height);
  const closed = last.top < 0 ? null : boxOf(next, last.top);
  if (closed === null || closed.width <= 0) return null;
  const [sx, sy] = [next.width / closed.width, next.height / closed.height];
  return `translate(${-closed.x * sx}px, ${-closed.y * sy}px) scale(${sx}, ${sy})`;
}

function place(box: Rect, width: number, height: number): string {
  return `translate(${box.x}px, ${box.y}px) scale(${box.width / width}, ${box.height / height})`;
}
