import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Size } from './props.ts';

const START: Size = { width: 520, height: 380 };

/** The size of an element, kept as it changes; with it the type scale (1, or 1.4 on a projector). */
export function useSize(initial: Size = START): {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly size: Size;
  readonly scale: number;
} {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(initial);
  const [scale, setScale] = useState(1);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const next = { width: element.clientWidth, height: element.clientHeight };
      setSize((old) => (old.width === next.width && old.height === next.height ? old : next));
      setScale(Number.parseFloat(getComputedStyle(element).getPropertyValue('--scale')) || 1);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const theme = new MutationObserver(measure);
    theme.observe(document.documentElement, { attributes: true });
    return () => {
      observer.disconnect();
      theme.disconnect();
    };
  }, []);
  return { ref, size, scale };
}
