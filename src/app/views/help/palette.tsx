import { type KeyboardEvent, useState } from 'react';
import { useDialogText } from '../../i18n/dialogs-text.ts';
import { useText } from '../../i18n/text.ts';
import { useUi } from '../../state/ui-store.ts';
import { Dialog } from '../page/dialog.tsx';
import { type PaletteAction, paletteActions } from './palette-actions.ts';

/** All that the page can do, found by typing. */
export function Palette() {
  const words = useText();
  const dialog = useDialogText();
  const { palettePlaceholder, nothing } = dialog.help;
  const [query, setQuery] = useState('');
  const [picked, pick] = useState(0);
  const close = (): void => useUi.getState().set({ dialog: null });
  const found = paletteActions(words, dialog).filter((action) => fits(action, query));
  const run = (action: PaletteAction | undefined): void => {
    close();
    action?.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') {
      // Else the same press would close the dialog that it opens.
      event.preventDefault();
      run(found[picked]);
    }
    if (move === undefined) return;
    event.preventDefault();
    pick(Math.max(0, Math.min(found.length - 1, picked + move)));
  };
  return (
    <Dialog title={words.controls.palette} onClose={close}>
      <input
        className="palette-input"
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={`palette-${picked}`}
        aria-label={palettePlaceholder}
        placeholder={palettePlaceholder}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          pick(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.length === 0 && <p className="quiet">{nothing}</p>}
      <div id="palette-list" role="listbox" aria-label={words.controls.palette} className="palette-list">
        {found.map((action, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, as a combobox does
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the field's
          <div
            key={action.name}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === picked}
            className="palette-item"
            onClick={() => run(action)}
          >
            {action.name}
            {action.keys !== undefined && <kbd>{action.keys}</kbd>}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function fits(action: PaletteAction, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/);
  return words.every((word) => action.name.toLowerCase().includes(word));
}
