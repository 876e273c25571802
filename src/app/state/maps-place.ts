import { create } from 'zustand';

/** Whether the page shows the sandbox or the map room, as the fragment of its address says: `#map`. */
export const useMapsPlace = create<{ readonly open: boolean; readonly waiting: readonly File[] }>()(() => ({
  open: isMapsHash(),
  waiting: [],
}));

function isMapsHash(): boolean {
  return new URLSearchParams(location.hash.slice(1)).has('map');
}

/** Follows the address: back and forward of the browser go from one to the other. */
export function startMapsPlace(): void {
  window.addEventListener('hashchange', () => useMapsPlace.setState({ open: isMapsHash() }));
}

/** Goes to the map room; files given are opened there. */
export function enterMaps(files: readonly File[] = []): void {
  useMapsPlace.setState({ waiting: files });
  if (!isMapsHash()) location.hash = 'map';
}

export function leaveMaps(): void {
  history.pushState(null, '', location.pathname + location.search);
  useMapsPlace.setState({ open: false });
}
