import { useState } from 'react';
import type { MapPoolView, MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { poolSet } from '../../scene/maps/commands.ts';
import { choosePool } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';
import { compose } from './compose.ts';

/** The pool that is shown: its rule, its PGs, its copies. */
export function PoolControls({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().change;
  const chosen = useMaps((state) => state.pool);
  const pool = room.pools.find(({ id }) => id === chosen);
  if (pool === undefined) return null;
  return (
    <section className="mr-card" aria-label={t.pool}>
      <header className="mr-card-head">
        <h3>{t.pool}</h3>
        <select
          className="mr-select"
          aria-label={t.pool}
          value={pool.id}
          onChange={(event) => void choosePool(Number(event.target.value))}
        >
          {room.pools.map(({ id, name }) => (
            <option key={id} value={id}>
              {id} {name}
            </option>
          ))}
        </select>
        <span className="mr-quiet">{pool.type}</span>
      </header>
      <RuleField key={`rule${pool.id}/${pool.rule}`} room={room} pool={pool} />
      <NumberField
        key={`pg_num${pool.id}/${pool.pgNum}`}
        label={t.pgNum}
        value={pool.pgNum}
        max={65536}
        command={(value) => poolSet(pool.name, 'pg_num', String(value))}
      />
      {pool.type === 'replicated' && (
        <NumberField
          key={`size${pool.id}/${pool.size}`}
          label={t.size}
          value={pool.size}
          max={10}
          command={(value) => poolSet(pool.name, 'size', String(value))}
        />
      )}
    </section>
  );
}

function RuleField({ room, pool }: { readonly room: MapRoomView; readonly pool: MapPoolView }) {
  const t = useMapsText().change;
  const [rule, setRule] = useState(pool.rule);
  const name = room.rules.find(({ id }) => id === rule)?.name ?? '';
  return (
    <div className="mr-row">
      <label>
        <span>{t.rule}</span>
        <select className="mr-select" value={rule} onChange={(event) => setRule(Number(event.target.value))}>
          {room.rules.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        disabled={rule === pool.rule}
        onClick={() => compose(poolSet(pool.name, 'crush_rule', name))}
      >
        {t.set}
      </button>
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly command: (value: number) => string;
}

function NumberField({ label, value, max, command }: NumberFieldProps) {
  const t = useMapsText().change;
  const [text, setText] = useState(String(value));
  const number = Number(text);
  const good = Number.isInteger(number) && number >= 1 && number <= max && number !== value;
  return (
    <div className="mr-row">
      <label>
        <span>{label}</span>
        <input
          className="mr-number"
          type="number"
          min={1}
          max={max}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="button" className="button" disabled={!good} onClick={() => compose(command(number))}>
        {t.set}
      </button>
    </div>
  );
}
