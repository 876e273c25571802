import { useSyncExternalStore } from 'react';

/** wide: all panels; drawer: the inspector slides in; narrow: one panel at a time. */
export type PageLayout = 'wide' | 'drawer' | 'narrow';

const narrow = matchMedia('(max-width: 760px)');
const drawer = matchMedia('(max-width: 1180px)');

export function usePageLayout(): PageLayout {
  return useSyncExternalStore(subscribe, layoutNow);
}

function subscribe(changed: () => void): () => void {
  narrow.addEventListener('change', changed);
  drawer.addEventListener('change', changed);
  return () => {
    narrow.removeEventListener('change', changed);
    drawer.removeEventListener('change', changed);
  };
}

function layoutNow(): PageLayout {
  if (narrow.matches) return 'narrow';
  return drawer.matches ? 'drawer' : 'wide';
}
