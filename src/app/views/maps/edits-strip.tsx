import { useEffect, useRef } from 'react';
import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { redoEdit, undoEdit } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';
import { Icon } from '../page/icon.tsx';
import { CopyButton } from '../share/copy-button.tsx';

/** Time along the bottom: the map as it was brought, then each edit; those taken back are hollow. */
export function EditsStrip({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText();
  const undone = useMaps((state) => state.undone);
  const list = useRef<HTMLOListElement>(null);
  // The newest edit is seen as it comes.
  useEffect(() => {
    list.current?.scrollTo({ left: room.edits.length === 0 ? 0 : list.current.scrollWidth });
  }, [room.edits.length]);
  const commands = room.edits.map(({ line }) => line).join('\n');
  return (
    <section className="mr-edits" aria-label={t.edits.label}>
      <button
        type="button"
        className="icon-button"
        aria-label={t.undo}
        title={`${t.undo} (Ctrl-Z)`}
        disabled={room.edits.length === 0}
        onClick={() => void undoEdit()}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t.redo}
        title={`${t.redo} (Ctrl-Shift-Z)`}
        disabled={room.undone === 0}
        onClick={() => void redoEdit()}
      >
        <Icon name="forward" />
      </button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it */}
      <ol tabIndex={0} ref={list}>
        <li className={room.edits.length === 0 ? 'mr-edit mr-edit-now' : 'mr-edit'}>{t.edits.asBrought}</li>
        {room.edits.map((edit, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the same edit may be made twice
            key={at}
            className={at === room.edits.length - 1 ? 'mr-edit mr-edit-now' : 'mr-edit'}
            title={edit.line}
          >
            <code>{short(edit.line)}</code>
          </li>
        ))}
        {undone.slice(0, room.undone).map((edit, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={`undone${at}`} className="mr-edit mr-edit-undone" title={`${t.edits.undone}: ${edit.line}`}>
            <code>{short(edit.line)}</code>
          </li>
        ))}
        {room.edits.length === 0 && room.undone === 0 && <li className="mr-edit-hint">{t.edits.none}</li>}
      </ol>
      {room.edits.length > 0 && <CopyButton className="mr-copy" text={commands} label={t.edits.copyAll} />}
    </section>
  );
}

/** What the mark has room for: the command without its program, cut where it is long. */
function short(line: string): string {
  const words = line.replace(/^ceph (osd )?/, '');
  return words.length > 34 ? `${words.slice(0, 33)}…` : words;
}
