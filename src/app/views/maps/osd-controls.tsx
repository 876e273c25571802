import { type MapRoomView, OSD_FLAG } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { crushReweight, osdReweight, osdsCommand, primaryAffinity } from '../../scene/maps/commands.ts';
import { osdFacts } from '../../scene/maps/osd-marks.ts';
import { deviationOf } from '../../scene/maps/spread.ts';
import { placeText, type TreeIndex } from '../../scene/maps/tree-index.ts';
import { compose } from './compose.ts';
import { percentText, signed } from './paint-tree.ts';
import { WeightField } from './weight-field.tsx';

interface OsdControlsProps {
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
  readonly index: TreeIndex;
  readonly osd: number;
}

/** One OSD: what it is, and the knobs that it has. */
export function OsdControls({ room, brought, index, osd }: OsdControlsProps) {
  const t = useMapsText();
  const facts = osdFacts(brought.osds, room.osds, osd, 'after');
  const flags = room.osds.flags[osd] ?? 0;
  const row = index.rowOf.get(osd);
  const weight = room.osds.crushWeights[osd] ?? 0;
  const reweight = room.osds.reweights[osd] ?? 1;
  return (
    <section className="mr-card" aria-label={t.change.osdTitle(osd)}>
      <header className="mr-card-head">
        <h3>osd.{osd}</h3>
        <span className={`mr-state mr-state-${facts.mark}`}>
          {t.cluster.state((flags & OSD_FLAG.up) !== 0, (flags & OSD_FLAG.in) !== 0)}
        </span>
        <span className="mr-quiet">{row === undefined ? t.cluster.unplaced : placeText(index, row)}</span>
      </header>
      <OsdFigures room={room} brought={brought} osd={osd} />
      <div className="mr-buttons">
        {(flags & OSD_FLAG.in) !== 0 ? (
          <button type="button" className="button" onClick={() => compose(osdsCommand('out', [osd]))}>
            {t.change.out}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => compose(osdsCommand('in', [osd]))}>
            {t.change.in}
          </button>
        )}
        {(flags & OSD_FLAG.up) !== 0 && (
          <button type="button" className="button" onClick={() => compose(osdsCommand('down', [osd]))}>
            {t.change.down}
          </button>
        )}
      </div>
      <WeightField
        key={`crush${weight}`}
        label={t.change.crushWeight}
        note={t.change.crushWeightNote}
        value={weight}
        max={Math.max(1, Math.ceil(weight * 2))}
        step={0.01}
        command={(value) => crushReweight(`osd.${osd}`, value)}
      />
      <WeightField
        key={`reweight${reweight}`}
        label={t.change.reweight}
        note={t.change.reweightNote}
        value={Number(reweight.toFixed(4))}
        max={1}
        step={0.01}
        command={(value) => osdReweight(osd, Math.min(1, value))}
      />
      <WeightField
        label={t.change.affinity}
        note={t.change.affinityNote}
        value={1}
        max={1}
        step={0.05}
        command={(value) => primaryAffinity(osd, Math.min(1, value))}
      />
    </section>
  );
}

function OsdFigures({ room, brought, osd }: Omit<OsdControlsProps, 'index'>) {
  const t = useMapsText().cluster;
  const facts = osdFacts(brought.osds, room.osds, osd, 'after');
  const deviation = deviationOf(facts.pgs, facts.expected);
  const name = room.osds.classNames[room.osds.classes[osd] ?? -1];
  return (
    <dl className="mr-facts">
      <div>
        <dt>{t.pgs}</dt>
        <dd>
          {facts.pgs.toLocaleString('en')}
          {facts.change !== 0 && <em>{signed(facts.change)}</em>}
        </dd>
      </div>
      <div>
        <dt>{t.expected}</dt>
        <dd>
          {facts.expected.toFixed(1)}
          {deviation !== null && <em>{percentText(deviation)}</em>}
        </dd>
      </div>
      <div>
        <dt>{t.primaries}</dt>
        <dd>{(room.osds.primariesAfter[osd] ?? 0).toLocaleString('en')}</dd>
      </div>
      {name !== undefined && name !== '' && (
        <div>
          <dt>{t.deviceClass}</dt>
          <dd>{name}</dd>
        </div>
      )}
    </dl>
  );
}
