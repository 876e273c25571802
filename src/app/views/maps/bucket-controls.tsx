import { useState } from 'react';
import { type MapRoomView, OSD_FLAG } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { crushMove, crushReweightSubtree, osdsCommand } from '../../scene/maps/commands.ts';
import { osdsUnder, placeText, type TreeIndex, typeOf } from '../../scene/maps/tree-index.ts';
import { useMaps } from '../../state/maps-store.ts';
import { compose } from './compose.ts';
import { signed } from './paint-tree.ts';
import { WeightField } from './weight-field.tsx';

interface BucketControlsProps {
  readonly room: MapRoomView;
  readonly index: TreeIndex;
  readonly row: number;
}

/** A host, a rack, a root: what holds for all of its OSDs. */
export function BucketControls({ room, index, row }: BucketControlsProps) {
  const t = useMapsText();
  const name = index.tree.names[row] ?? '';
  const osds = osdsUnder(index, row);
  const having = (flag: number): number[] => osds.filter((osd) => ((room.osds.flags[osd] ?? 0) & flag) !== 0);
  const lacking = (flag: number): number[] => osds.filter((osd) => ((room.osds.flags[osd] ?? 0) & flag) === 0);
  const each = room.osds.crushWeights[osds[0] ?? -1] ?? 0;
  const [ins, outs, ups] = [having(OSD_FLAG.in), lacking(OSD_FLAG.in), having(OSD_FLAG.up)];
  return (
    <section className="mr-card" aria-label={name}>
      <header className="mr-card-head">
        <h3>{name}</h3>
        <span className="mr-quiet">{typeOf(index, row)}</span>
        <span className="mr-quiet">{placeText(index, row)}</span>
      </header>
      <BucketFigures room={room} osds={osds} weight={index.tree.weights[row] ?? 0} />
      <div className="mr-buttons">
        {ins.length > 0 && (
          <button type="button" className="button" onClick={() => compose(osdsCommand('out', ins))}>
            {t.change.outAll(ins.length)}
          </button>
        )}
        {outs.length > 0 && (
          <button type="button" className="button" onClick={() => compose(osdsCommand('in', outs))}>
            {t.change.inAll(outs.length)}
          </button>
        )}
        {ups.length > 0 && (
          <button type="button" className="button" onClick={() => compose(osdsCommand('down', ups))}>
            {t.change.downAll(ups.length)}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => useMaps.getState().set({ zoom: index.tree.ids[row] ?? null })}
        >
          {t.change.showPath}
        </button>
      </div>
      {osds.length > 0 && (
        <WeightField
          key={each}
          label={t.change.crushWeightAll}
          note={t.change.crushWeightNote}
          value={each}
          max={Math.max(1, Math.ceil(each * 2))}
          step={0.01}
          command={(value) => crushReweightSubtree(name, value)}
        />
      )}
      <MoveTo index={index} row={row} />
    </section>
  );
}

interface BucketFiguresProps {
  readonly room: MapRoomView;
  readonly osds: readonly number[];
  readonly weight: number;
}

function BucketFigures({ room, osds, weight }: BucketFiguresProps) {
  const t = useMapsText().cluster;
  const sum = (table: ArrayLike<number>): number => osds.reduce((all, osd) => all + (table[osd] ?? 0), 0);
  const change = sum(room.osds.pgsAfter) - sum(room.osds.pgsBefore);
  return (
    <dl className="mr-facts">
      <div>
        <dt>OSD</dt>
        <dd>{osds.length.toLocaleString('en')}</dd>
      </div>
      <div>
        <dt>{t.pgs}</dt>
        <dd>
          {sum(room.osds.pgsAfter).toLocaleString('en')}
          {change !== 0 && <em>{signed(change)}</em>}
        </dd>
      </div>
      <div>
        <dt>{t.expected}</dt>
        <dd>{Math.round(sum(room.osds.expected)).toLocaleString('en')}</dd>
      </div>
      <div>
        <dt>{t.weight}</dt>
        <dd>{weight.toFixed(2)}</dd>
      </div>
    </dl>
  );
}

/** Another bucket to hang it under: those of the type that holds it now. */
function MoveTo({ index, row }: { readonly index: TreeIndex; readonly row: number }) {
  const t = useMapsText().change;
  const parent = index.tree.parents[row] ?? -1;
  const type = parent < 0 ? '' : typeOf(index, parent);
  const targets = parent < 0 ? [] : rowsOfType(index, type).filter((at) => at !== parent);
  const [target, setTarget] = useState('');
  const chosen = target === '' ? (index.tree.names[targets[0] ?? -1] ?? '') : target;
  if (targets.length === 0) return null;
  return (
    <div className="mr-row">
      <label>
        <span>{t.move}</span>
        <select className="mr-select" value={chosen} onChange={(event) => setTarget(event.target.value)}>
          {targets.map((at) => (
            <option key={at}>{index.tree.names[at]}</option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        onClick={() => compose(crushMove(index.tree.names[row] ?? '', type, chosen))}
      >
        {t.set}
      </button>
    </div>
  );
}

export function rowsOfType(index: TreeIndex, type: string): readonly number[] {
  const rows: number[] = [];
  index.tree.ids.forEach((id, row) => {
    if (id < 0 && typeOf(index, row) === type) rows.push(row);
  });
  return rows;
}
