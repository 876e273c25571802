import { type UIEvent, useCallback, useState } from 'react';

const STEP = 200;

interface Placed {
  readonly y: number;
  readonly height: number;
}

/** How far a list is scrolled, in coarse steps, so that only what can be seen is drawn. */
export function useScrolled(): { readonly top: number; readonly onScroll: (event: UIEvent<HTMLElement>) => void } {
  const [top, setTop] = useState(0);
  const onScroll = useCallback(
    (event: UIEvent<HTMLElement>) => setTop(Math.floor(event.currentTarget.scrollTop / STEP) * STEP),
    [],
  );
  return { top, onScroll };
}

export function withinView<T extends Placed>(rows: readonly T[], top: number, height: number): readonly T[] {
  return rows.filter((row) => row.y + row.height >= top - STEP && row.y <= top + height + 2 * STEP);
}
