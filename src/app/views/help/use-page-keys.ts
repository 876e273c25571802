import { useEffect } from 'react';
import { useUi } from '../../state/ui-store.ts';
import { stepMotion } from '../page/motion.ts';
import { changeSpeed, oneBack, togglePause } from './actions.ts';

const KEYS: Readonly<Record<string, () => void>> = {
  ' ': togglePause,
  '.': stepMotion,
  ',': oneBack,
  '+': () => changeSpeed('faster'),
  '=': () => changeSpeed('faster'),
  '-': () => changeSpeed('slower'),
  '?': () => useUi.getState().set({ dialog: 'help' }),
  Escape: () => useUi.getState().set({ selection: null, presenter: null }),
};

/** The page's own keys. They rest while someone types, and while a dialog is open. */
export function usePageKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || useUi.getState().dialog !== null) return;
  if (isPaletteKey(event)) {
    event.preventDefault();
    useUi.getState().set({ dialog: 'palette' });
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === ' ' && isPressable(event.target)) return;
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

/** Ctrl-K belongs to the line editor while someone types; ⌘K is always free. */
function isPaletteKey(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() !== 'k') return false;
  return event.metaKey || (event.ctrlKey && !isTyping(event.target));
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, summary, a, [role="button"]') !== null;
}
