import { useMemo, useState } from 'react';
import type { MapRoomView, PgTable } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { countedOsds, histogramOf, pgsOfPool, type SpreadStats, statsOf } from '../../scene/maps/spread.ts';
import { useMaps } from '../../state/maps-store.ts';
import { Histogram } from './histogram.tsx';
import { Choice, MapPanel } from './map-panel.tsx';

type Scope = 'all' | 'pool';
type Unit = 'pgs' | 'percent';

interface SpreadPanelProps {
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
}

/** How evenly PGs lie on OSDs, before and after: a histogram, and its figures. */
export function SpreadPanel({ room, brought }: SpreadPanelProps) {
  const t = useMapsText().spread;
  const [scope, setScope] = useState<Scope>('all');
  const [unit, setUnit] = useState<Unit>('pgs');
  const table = useMaps((state) => state.table);
  const pool = room.pools.find(({ id }) => id === table?.pool);
  const shownUnit = scope === 'pool' ? 'pgs' : unit;
  const { before, after } = useMemo(
    () => valuesOf(room, brought, scope === 'pool' ? table : null, shownUnit),
    [room, brought, scope, table, shownUnit],
  );
  const bins = useMemo(
    () => histogramOf(before, after, Math.max(9, Math.min(36, Math.round(2 * Math.sqrt(after.length))))),
    [before, after],
  );
  return (
    <MapPanel name="spread" title={t.title} subtitle={t.subtitle} simplified={t.simplified}>
      <div className="mr-toolbar">
        <Choice
          label={t.pool}
          value={scope}
          choices={[
            ['all', t.allPools],
            ['pool', pool?.name ?? t.pool],
          ]}
          onChoose={setScope}
        />
        {scope === 'all' && (
          <Choice
            label={t.unit}
            value={unit}
            choices={[
              ['pgs', 'PGs'],
              ['percent', '%'],
            ]}
            onChoose={setUnit}
          />
        )}
        <span className="mr-quiet">{shownUnit === 'pgs' ? t.pgs : t.percent}</span>
      </div>
      {bins.length === 0 ? (
        <p className="empty">{t.none}</p>
      ) : (
        <Histogram bins={bins} withBefore={room.edits.length > 0} unit={shownUnit} />
      )}
      <Figures before={statsOf(before)} after={statsOf(after)} withBefore={room.edits.length > 0} unit={shownUnit} />
    </MapPanel>
  );
}

interface Values {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function valuesOf(room: MapRoomView, brought: MapRoomView, table: PgTable | null, unit: Unit): Values {
  const { osds } = room;
  const count = osds.flags.length;
  const pgsBefore = table === null ? osds.pgsBefore : pgsOfPool(table, 'before', count);
  const pgsAfter = table === null ? osds.pgsAfter : pgsOfPool(table, 'after', count);
  const told = (pgs: Uint32Array, expected: Float64Array, ids: readonly number[]): number[] =>
    unit === 'pgs'
      ? ids.map((osd) => pgs[osd] ?? 0)
      : ids.flatMap((osd) => {
          const due = expected[osd] ?? 0;
          return due > 0 ? [Math.round((100 * (pgs[osd] ?? 0)) / due)] : [];
        });
  return {
    before: told(pgsBefore, brought.osds.expected, countedOsds(brought.osds, pgsBefore)),
    after: told(pgsAfter, osds.expected, countedOsds(osds, pgsAfter)),
  };
}

interface FiguresProps {
  readonly before: SpreadStats;
  readonly after: SpreadStats;
  readonly withBefore: boolean;
  readonly unit: Unit;
}

function Figures({ before, after, withBefore, unit }: FiguresProps) {
  const t = useMapsText().spread;
  const sides = withBefore ? (['before', 'after'] as const) : (['after'] as const);
  const end = unit === 'percent' ? '%' : '';
  return (
    <table className="mr-figures">
      <thead>
        <tr>
          <td />
          {(['osds', 'min', 'mean', 'max', 'deviation'] as const).map((column) => (
            <th key={column} scope="col">
              {t.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sides.map((side) => {
          const stats = side === 'before' ? before : after;
          return (
            <tr key={side} data-side={side}>
              <th scope="row">{t[side]}</th>
              <td>{stats.osds.toLocaleString('en')}</td>
              <td>
                {stats.min}
                {end}
              </td>
              <td>{stats.mean.toFixed(1)}</td>
              <td>
                {stats.max}
                {end}
              </td>
              <td>{stats.deviation.toFixed(2)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
