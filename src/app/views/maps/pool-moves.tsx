import { type FormEvent, useState } from 'react';
import type { MapPoolView, MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { parseBytes } from '../../scene/maps/parse-bytes.ts';
import { bytesText } from '../../scene/units.ts';
import { setStored } from '../../state/maps-client.ts';
import { shareText } from './moves-tab.tsx';

/** Pools that move first, then those that stay. */
export function PoolMovesTable({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().moves;
  const moved = new Map(room.moves.pools.map((pool) => [pool.pool, pool]));
  const pools = [...room.pools].sort((a, b) => (moved.get(b.id)?.copies ?? 0) - (moved.get(a.id)?.copies ?? 0));
  return (
    <section aria-label={t.byPool}>
      <h4>{t.byPool}</h4>
      <div className="mr-scroll-x">
        <table className="mr-table">
          <thead>
            <tr>
              <th scope="col">{t.pool}</th>
              <th scope="col">PGs</th>
              <th scope="col">{t.copies}</th>
              <th scope="col">%</th>
              <th scope="col">{t.bytes}</th>
              <th scope="col">{t.stored}</th>
            </tr>
          </thead>
          <tbody>
            {pools.map((pool) => {
              const moves = moved.get(pool.id);
              const bytes = moves?.bytes ?? null;
              return (
                <tr key={pool.id} data-pool={pool.id}>
                  <th scope="row">{pool.name}</th>
                  <td>{(moves?.pgs ?? 0).toLocaleString('en')}</td>
                  <td>{(moves?.copies ?? 0).toLocaleString('en')}</td>
                  <td>{shareText(moves?.ratio ?? 0)}</td>
                  <td>{bytes === null ? '?' : bytesText(bytes)}</td>
                  <td>
                    <StoredField key={String(pool.stored_bytes)} pool={pool} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** How much a pool stores: typed where nobody has told. */
function StoredField({ pool }: { readonly pool: MapPoolView }) {
  const t = useMapsText().moves;
  const known = pool.stored_bytes === null ? '' : bytesText(pool.stored_bytes);
  const [text, setText] = useState(known);
  const bytes = parseBytes(text);
  const bad = text.trim() !== '' && bytes === null;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (bytes !== null && text !== known) void setStored(pool.id, bytes);
  };
  return (
    <form onSubmit={send} className="mr-stored">
      <input
        aria-label={t.storedLabel(pool.name)}
        aria-invalid={bad}
        title={bad ? t.storedBad : undefined}
        placeholder={t.storedHint}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={send}
      />
    </form>
  );
}
