import { memo, useMemo } from 'react';
import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { osdFacts } from '../../scene/maps/osd-marks.ts';
import { deviationOf } from '../../scene/maps/spread.ts';
import { placeText, type TreeIndex } from '../../scene/maps/tree-index.ts';
import { percentText } from './paint-tree.ts';

/** Rows from each end of the order: nobody has ten thousand read out. */
const ENDS = 40;

/** The same as the picture, as a table: the OSDs that are furthest from what their weight says. */
export const ClusterTwin = memo(function ClusterTwin({
  room,
  index,
}: {
  readonly room: MapRoomView;
  readonly index: TreeIndex;
}) {
  const t = useMapsText().cluster;
  const rows = useMemo(() => extremes(room), [room]);
  return (
    <table className="visually-hidden">
      <caption>{t.table}</caption>
      <thead>
        <tr>
          <th>OSD</th>
          <th>{t.host}</th>
          <th>{t.state(true, true)}</th>
          <th>{t.pgs}</th>
          <th>{t.expected}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ osd, deviation }) => {
          const facts = osdFacts(room.osds, room.osds, osd, 'after');
          const row = index.rowOf.get(osd);
          return (
            <tr key={osd}>
              <th scope="row">osd.{osd}</th>
              <td>{row === undefined ? t.unplaced : placeText(index, row)}</td>
              <td>{t[facts.mark]}</td>
              <td>{facts.pgs}</td>
              <td>
                {facts.expected.toFixed(1)} ({percentText(deviation)})
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});

function extremes({ osds }: MapRoomView): readonly { readonly osd: number; readonly deviation: number }[] {
  const all: { osd: number; deviation: number }[] = [];
  osds.flags.forEach((flags, osd) => {
    if (flags === 0) return;
    all.push({ osd, deviation: deviationOf(osds.pgsAfter[osd] ?? 0, osds.expected[osd] ?? 0) ?? 0 });
  });
  all.sort((a, b) => b.deviation - a.deviation);
  return all.length <= 2 * ENDS ? all : [...all.slice(0, ENDS), ...all.slice(-ENDS)];
}
