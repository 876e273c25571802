import { type KeyboardEvent, useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { findRows, placeText, type TreeIndex } from '../../scene/maps/tree-index.ts';
import { useMaps } from '../../state/maps-store.ts';

const MOST = 8;

/** Finds an OSD, a host or a rack by its name, chooses it, and shows it. */
export function FindNode({ index }: { readonly index: TreeIndex }) {
  const t = useMapsText().cluster;
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = findRows(index, text, MOST);
  const choose = (row: number | undefined): void => {
    if (row === undefined) return;
    showNode(index, row);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (event.key === 'Enter') choose(found[at]);
    else if (event.key === 'Escape') setText('');
    else if (by !== 0) setAt(Math.max(0, Math.min(found.length - 1, at + by)));
    else return;
    event.preventDefault();
  };
  return (
    <div className="mr-find">
      <input
        role="combobox"
        aria-label={t.find}
        aria-expanded={text !== ''}
        aria-controls="mr-found"
        aria-activedescendant={found.length > 0 ? `mr-found-${at}` : undefined}
        placeholder={t.find}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="mr-found" role="listbox" aria-label={t.found} className="mr-found" hidden={text === ''}>
        {found.length === 0 && <p className="mr-quiet">{t.nothing}</p>}
        {found.map((row, rank) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, as a combobox does
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the field's
          <div
            key={row}
            id={`mr-found-${rank}`}
            role="option"
            aria-selected={rank === at}
            className="mr-found-row"
            onClick={() => choose(row)}
          >
            <b>{index.tree.names[row]}</b> <span>{placeText(index, row)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Chooses a row and opens the bucket around it, so that it is large enough to see. */
export function showNode(index: TreeIndex, row: number): void {
  const { tree } = index;
  const id = tree.ids[row] ?? 0;
  const around = id >= 0 ? (tree.parents[row] ?? -1) : row;
  const wide = around < 0 || tree.ids.length <= 400;
  useMaps.getState().set({ pick: id, zoom: wide ? null : (tree.ids[around] ?? null), tab: 'change', panel: 'cluster' });
}
