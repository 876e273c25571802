import { useMemo } from 'react';
import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { showNode } from './find-node.tsx';
import { treeOf } from './maps-tree.ts';
import { signed } from './paint-tree.ts';

const MOST = 60;

/** Before and after side by side, OSD by OSD, the largest changes first. */
export function OsdChanges({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().moves;
  const { osds } = room;
  const changed = useMemo(() => changedOsds(room), [room]);
  const index = treeOf(room.tree);
  const shown = changed.slice(0, MOST);
  const most = Math.max(1, ...shown.map((osd) => Math.max(osds.pgsBefore[osd] ?? 0, osds.pgsAfter[osd] ?? 0)));
  return (
    <section aria-label={t.perOsd}>
      <h4>{t.perOsd}</h4>
      <table className="mr-table mr-osd-changes">
        <thead>
          <tr>
            <th scope="col">{t.osd}</th>
            <th scope="col">{t.before}</th>
            <th scope="col">{t.after}</th>
            <th scope="col">{t.change}</th>
            <th scope="col">
              <span className="visually-hidden">{t.expected}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((osd) => {
            const [before, after] = [osds.pgsBefore[osd] ?? 0, osds.pgsAfter[osd] ?? 0];
            const row = index.rowOf.get(osd);
            return (
              <tr key={osd}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => row !== undefined && showNode(index, row)}>
                    osd.{osd}
                  </button>
                </th>
                <td>{before.toLocaleString('en')}</td>
                <td>{after.toLocaleString('en')}</td>
                <td className={after > before ? 'mr-more' : 'mr-fewer'}>{signed(after - before)}</td>
                <td className="mr-pair" title={`${t.expected} ${(osds.expected[osd] ?? 0).toFixed(1)}`}>
                  <i style={{ inlineSize: `${(100 * before) / most}%` }} />
                  <i style={{ inlineSize: `${(100 * after) / most}%` }} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="mr-quiet mr-note">{t.shown(shown.length, changed.length)}</p>
    </section>
  );
}

function changedOsds({ osds }: MapRoomView): readonly number[] {
  const changeOf = (osd: number): number => (osds.pgsAfter[osd] ?? 0) - (osds.pgsBefore[osd] ?? 0);
  const found: number[] = [];
  for (let osd = 0; osd < osds.flags.length; osd++) if (changeOf(osd) !== 0) found.push(osd);
  return found.sort((a, b) => Math.abs(changeOf(b)) - Math.abs(changeOf(a)));
}
