import { type FormEvent, useState } from 'react';
import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { seedOf } from '../../scene/maps/pg-grid.ts';
import { askWhy, askWhyObject } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';

/** Asks for a PG by its id, or by the name of an object in the pool that is shown. */
export function AskForm({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().why;
  const pool = useMaps((state) => state.pool);
  const [text, setText] = useState('');
  const [nspace, setNspace] = useState('');
  const name = room.pools.find(({ id }) => id === pool)?.name;
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = text.trim();
    if (wanted === '') return;
    const pg = seedOf(wanted);
    if (pg !== null && room.pools.some(({ id }) => id === pg.pool)) void askWhy(wanted.toLowerCase());
    else if (pool !== null) void askWhyObject(pool, nspace, text);
  };
  return (
    <form className="mr-ask" onSubmit={ask}>
      <label>
        <span>{t.ask}</span>
        <input
          value={text}
          placeholder={t.askHint}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label className="mr-ask-nspace">
        <span>{t.namespace}</span>
        <input value={nspace} spellCheck={false} onChange={(event) => setNspace(event.target.value)} />
      </label>
      <button type="submit" className="button primary" title={name}>
        {t.go}
      </button>
    </form>
  );
}
