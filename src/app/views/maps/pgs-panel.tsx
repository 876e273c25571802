import { useEffect, useMemo, useState } from 'react';
import type { MapRoomView, PgTable } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { factsOf, litPgs, osdsOf, type PgFacts, seedBefore } from '../../scene/maps/pg-facts.ts';
import { gridOf, type PgRange, pgidOf, rangeAround, seedOf } from '../../scene/maps/pg-grid.ts';
import { osdsUnder } from '../../scene/maps/tree-index.ts';
import { choosePool } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';
import { useSize } from '../stage/use-size.ts';
import { MapPanel } from './map-panel.tsx';
import { treeOf } from './maps-tree.ts';
import { PgCells } from './pg-cells.tsx';

/** The PGs of one pool: tiles, cells or a heat map by their number; those that move are marked. */
export function PgsPanel({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().pgs;
  const chosen = useMaps((state) => state.pool);
  const table = useMaps((state) => state.table);
  const pool = room.pools.find(({ id }) => id === chosen);
  return (
    <MapPanel
      name="pgs"
      title={t.title}
      subtitle={pool === undefined ? '' : t.subtitle(pool.name, pool.pgNum)}
      simplified={t.simplified}
    >
      <PoolPills room={room} />
      {pool === undefined && <p className="empty">{t.noPools}</p>}
      {pool !== undefined && table === null && <p className="empty">{t.loading}</p>}
      {table !== null && <Grid room={room} table={table} />}
    </MapPanel>
  );
}

/** Pools as pills while they are few, else as a list to choose from. */
const PILLS = 6;

function PoolPills({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().spread;
  const chosen = useMaps((state) => state.pool);
  if (room.pools.length > PILLS)
    return (
      <div className="mr-toolbar">
        <select
          className="mr-select"
          aria-label={t.pool}
          value={chosen ?? ''}
          onChange={(event) => void choosePool(Number(event.target.value))}
        >
          {room.pools.map(({ id, name }) => (
            <option key={id} value={id}>
              {id} {name}
            </option>
          ))}
        </select>
      </div>
    );
  return (
    <fieldset className="mr-toolbar mr-pools">
      <legend className="visually-hidden">{t.pool}</legend>
      {room.pools.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="pill"
          aria-pressed={id === chosen}
          onClick={() => void choosePool(id)}
        >
          {id} {name}
        </button>
      ))}
    </fieldset>
  );
}

function Grid({ room, table }: { readonly room: MapRoomView; readonly table: PgTable }) {
  const { ref, size, scale } = useSize({ width: 420, height: 240 });
  const [range, setRange] = useRange(table);
  const pgid = useMaps((state) => state.pgid);
  const wanted = room.pools.find(({ id }) => id === table.pool)?.size ?? table.size;
  const facts = useMemo(() => factsOf(table, wanted), [table, wanted]);
  const lit = useLit(room, table);
  const letters = pgidOf(table.pool, table.pgNumAfter - 1).length;
  const grid = useMemo(
    () => gridOf(range, { width: size.width - 6, height: size.height - 6 }, letters, scale),
    [range, size, letters, scale],
  );
  const at = pgid === null ? null : seedOf(pgid);
  const chosen = at !== null && at.pool === table.pool ? at.seed : null;
  return (
    <>
      <RangeBar table={table} range={range} onRange={setRange} perCell={grid.perCell} facts={facts} />
      <div className="mr-picture mr-pgs" ref={ref}>
        <PgCells
          table={table}
          wanted={wanted}
          facts={facts}
          lit={lit}
          grid={grid}
          chosen={chosen}
          scale={scale}
          onRange={setRange}
          whole={range.to - range.from >= table.pgNumAfter}
        />
      </div>
      <PgTwin table={table} facts={facts} />
    </>
  );
}

/** The PGs shown: all, or those around the one that is chosen where all would be too small. */
function useRange(table: PgTable): readonly [PgRange, (range: PgRange) => void] {
  const [range, setRange] = useState<PgRange>({ from: 0, to: table.pgNumAfter });
  const pgid = useMaps((state) => state.pgid);
  const { pool, pgNumAfter } = table;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pool starts with all of its PGs
  useEffect(() => setRange({ from: 0, to: pgNumAfter }), [pool, pgNumAfter]);
  useEffect(() => {
    const at = pgid === null ? null : seedOf(pgid);
    if (at === null || at.pool !== pool || at.seed >= pgNumAfter) return;
    setRange((old) =>
      at.seed >= old.from && at.seed < old.to && old.to - old.from <= 4096 ? old : rangeAround(at.seed, pgNumAfter),
    );
  }, [pgid, pool, pgNumAfter]);
  return [range, setRange];
}

/** PGs on what is chosen in the cluster. */
function useLit(room: MapRoomView, table: PgTable): Uint8Array {
  const pick = useMaps((state) => state.pick);
  return useMemo(() => {
    const index = treeOf(room.tree);
    const row = pick === null ? undefined : index.rowOf.get(pick);
    const only = row === undefined ? [] : osdsUnder(index, row);
    // A root holds all: lighting everything would say nothing.
    const all = row !== undefined && (index.tree.parents[row] ?? -1) < 0 && pick !== null && pick < 0;
    return litPgs(table, new Set(all ? [] : only));
  }, [room.tree, table, pick]);
}

interface RangeBarProps {
  readonly table: PgTable;
  readonly range: PgRange;
  readonly onRange: (range: PgRange) => void;
  readonly perCell: number;
  readonly facts: PgFacts;
}

function RangeBar({ table, range, onRange, perCell, facts }: RangeBarProps) {
  const t = useMapsText().pgs;
  const all = table.pgNumAfter;
  const part = range.to - range.from < all;
  return (
    <div className="mr-toolbar mr-pgs-bar">
      {all > 128 && (
        <nav className="mr-crumbs" aria-label={t.title}>
          <button
            type="button"
            aria-current={part ? undefined : 'location'}
            onClick={() => onRange({ from: 0, to: all })}
          >
            {t.all(all)}
          </button>
          {part && (
            <button type="button" aria-current="location">
              {t.range(pgidOf(table.pool, range.from), pgidOf(table.pool, range.to - 1))}
            </button>
          )}
        </nav>
      )}
      <ul className="mr-pg-legend">
        <li className="mr-pg-key mr-pg-key-plain">
          <i aria-hidden="true" />
          {t.plain}
        </li>
        {facts.pgsChanged > 0 && (
          <li className="mr-pg-key mr-pg-key-moved">
            <i aria-hidden="true" />
            {t.moved(facts.pgsChanged)}
          </li>
        )}
        {facts.pgsMissing > 0 && (
          <li className="mr-pg-key mr-pg-key-missing">
            <i aria-hidden="true" />
            {t.missing(facts.pgsMissing)}
          </li>
        )}
        {perCell > 1 && <li>{t.perCell(perCell)}</li>}
      </ul>
    </div>
  );
}

const MOST = 64;

function PgTwin({ table, facts }: { readonly table: PgTable; readonly facts: PgFacts }) {
  const t = useMapsText().pgs;
  const seeds = useMemo(() => {
    const found: number[] = [];
    for (let seed = 0; seed < table.pgNumAfter && found.length < MOST; seed++)
      if ((facts.changed[seed] ?? 0) > 0) found.push(seed);
    return found;
  }, [table, facts]);
  return (
    <table className="visually-hidden">
      <caption>{`${t.table}: ${t.moved(facts.pgsChanged)}`}</caption>
      <thead>
        <tr>
          <th>PG</th>
          <th>{t.before}</th>
          <th>{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {seeds.map((seed) => (
          <tr key={seed}>
            <th scope="row">{pgidOf(table.pool, seed)}</th>
            <td>{osdsOf(table, 'before', seedBefore(seed, table.pgNumBefore)).join(', ')}</td>
            <td>{osdsOf(table, 'after', seed).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
