import { useEffect } from 'react';
import { redoEdit, undoEdit } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';

/** Ctrl-Z and Ctrl-Shift-Z (or Ctrl-Y) take edits back and bring them again, unless someone types. */
export function useMapKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || (!event.ctrlKey && !event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const redo = (key === 'z' && event.shiftKey) || key === 'y';
  if ((key !== 'z' && !redo) || isTyping(event.target) || useMaps.getState().busy) return;
  event.preventDefault();
  void (redo ? redoEdit() : undoEdit());
}

/** A field with something in it has its own undo. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLInputElement) || target.type === 'range') return false;
  return target.id === 'mr-line' ? target.value !== '' : true;
}
