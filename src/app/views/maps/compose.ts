import { useMaps } from '../../state/maps-store.ts';

/** Puts a command into the line at the bottom, where it is seen before it runs; with the focus, so that Enter runs it. */
export function compose(line: string): void {
  useMaps.getState().set({ line });
  requestAnimationFrame(() => document.getElementById('mr-line')?.focus({ preventScroll: true }));
}

/** The same while a slider is dragged: the line follows, the focus stays. */
export function preview(line: string): void {
  useMaps.getState().set({ line });
}
