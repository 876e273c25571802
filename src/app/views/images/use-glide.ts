import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { ImagesLayout, LaneRow } from '../../scene/layout/images.ts';

const TIMING: KeyframeAnimationOptions = { duration: 450, easing: 'ease-in-out' };

/** Lanes that hang elsewhere now glide there; whatever else changes in the layout is simply there. */
export function useGlide(layout: ImagesLayout, contentRef: RefObject<HTMLElement | null>): void {
  const last = useRef(layout);
  useLayoutEffect(() => {
    const before = last.current;
    last.current = layout;
    const content = contentRef.current;
    if (content === null || before === layout || !isRehung(before, layout)) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const lane of content.querySelectorAll<SVGGElement>('[data-lane]')) glideLane(lane, before, layout);
    for (const label of content.querySelectorAll<HTMLElement>('[data-row]')) glideLabel(label, before, layout);
    for (const link of content.querySelectorAll('.st-link')) link.animate({ opacity: [0, 1] }, TIMING);
  }, [layout, contentRef]);
}

/** True where the panel is the same and a lane hangs under another one than before. */
export function isRehung(before: ImagesLayout, after: ImagesLayout): boolean {
  if (before.width !== after.width || before.cellsX !== after.cellsX) return false;
  return after.rows.some((row) => {
    const was = before.byKey.get(row.key);
    return was !== undefined && was.parentKey !== row.parentKey;
  });
}

function rowsOf(
  key: string | undefined,
  before: ImagesLayout,
  after: ImagesLayout,
): readonly [LaneRow, LaneRow] | null {
  const was = before.byKey.get(key ?? '');
  const is = after.byKey.get(key ?? '');
  return was === undefined || is === undefined ? null : [was, is];
}

function glideLane(lane: SVGGElement, before: ImagesLayout, after: ImagesLayout): void {
  const rows = rowsOf(lane.dataset.lane, before, after);
  if (rows === null) return;
  const place = (row: LaneRow) => `translate(${after.cellsX}px, ${row.cellY}px)`;
  lane.animate({ transform: rows.map(place) }, TIMING);
}

function glideLabel(label: HTMLElement, before: ImagesLayout, after: ImagesLayout): void {
  const rows = rowsOf(label.dataset.row, before, after);
  if (rows === null) return;
  const [was, is] = rows;
  const from = `translate(${was.labelX - is.labelX}px, ${was.y - is.y}px)`;
  label.animate({ transform: [from, 'none'] }, TIMING);
}
