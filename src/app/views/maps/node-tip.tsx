import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { osdFacts } from '../../scene/maps/osd-marks.ts';
import { deviationOf } from '../../scene/maps/spread.ts';
import { osdsUnder, placeText, type TreeIndex, typeOf } from '../../scene/maps/tree-index.ts';
import type { TreeMapLayout } from '../../scene/maps/tree-map.ts';
import { useMaps } from '../../state/maps-store.ts';
import { percentText, signed } from './paint-tree.ts';
import type { PointerAt } from './use-tree.ts';

interface NodeTipProps {
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
  readonly index: TreeIndex;
  readonly layout: TreeMapLayout;
  readonly pointer: PointerAt | null;
}

const WIDTH = 232;
const HEIGHT = 150;

/** What is under the pointer, in figures; beside it, on the side where there is room. */
export function NodeTip({ room, brought, index, layout, pointer }: NodeTipProps) {
  if (pointer === null) return null;
  const left = pointer.x + WIDTH + 24 > layout.width ? Math.max(4, pointer.x - WIDTH - 14) : pointer.x + 16;
  const top = Math.max(4, Math.min(pointer.y + 14, layout.height - HEIGHT));
  const id = index.tree.ids[pointer.row] ?? 0;
  return (
    <div className="mr-tip" style={{ left, top, width: WIDTH }} aria-hidden="true">
      {id >= 0 ? (
        <OsdTip room={room} brought={brought} index={index} row={pointer.row} osd={id} />
      ) : (
        <BucketTip room={room} index={index} row={pointer.row} />
      )}
    </div>
  );
}

interface OsdTipProps extends Pick<NodeTipProps, 'room' | 'brought' | 'index'> {
  readonly row: number;
  readonly osd: number;
}

function OsdTip({ room, brought, index, row, osd }: OsdTipProps) {
  const t = useMapsText().cluster;
  const by = useMaps((state) => state.colour);
  const facts = osdFacts(brought.osds, room.osds, osd, by === 'before' ? 'before' : 'after');
  const deviation = deviationOf(facts.pgs, facts.expected);
  const { osds } = room;
  return (
    <>
      <p className="mr-tip-head">
        <b>{index.tree.names[row]}</b>
        <span className={`mr-state mr-state-${facts.mark}`}>{t[facts.mark]}</span>
      </p>
      <p className="mr-quiet">{placeText(index, row)}</p>
      <dl>
        <dt>{t.pgs}</dt>
        <dd>
          {facts.pgs.toLocaleString('en')}
          {facts.change !== 0 && <em> {signed(facts.change)}</em>}
        </dd>
        <dt>{t.expected}</dt>
        <dd>
          {facts.expected.toFixed(1)}
          {deviation !== null && <em> {percentText(deviation)}</em>}
        </dd>
        <dt>{t.primaries}</dt>
        <dd>{(osds.primariesAfter[osd] ?? 0).toLocaleString('en')}</dd>
        <dt>{t.weight}</dt>
        <dd>
          {(osds.crushWeights[osd] ?? 0).toFixed(3)}
          {(osds.reweights[osd] ?? 1) !== 1 && ` × ${(osds.reweights[osd] ?? 1).toFixed(2)}`}
        </dd>
      </dl>
    </>
  );
}

function BucketTip({
  room,
  index,
  row,
}: {
  readonly room: MapRoomView;
  readonly index: TreeIndex;
  readonly row: number;
}) {
  const t = useMapsText().cluster;
  const osds = osdsUnder(index, row);
  const sum = (table: ArrayLike<number>): number => osds.reduce((all, osd) => all + (table[osd] ?? 0), 0);
  const [before, after] = [sum(room.osds.pgsBefore), sum(room.osds.pgsAfter)];
  return (
    <>
      <p className="mr-tip-head">
        <b>{index.tree.names[row]}</b>
        <span className="mr-quiet">{typeOf(index, row)}</span>
      </p>
      <dl>
        <dt>{t.osds(osds.length)}</dt>
        <dd />
        <dt>{t.pgs}</dt>
        <dd>
          {after.toLocaleString('en')}
          {after !== before && <em> {signed(after - before)}</em>}
        </dd>
        <dt>{t.expected}</dt>
        <dd>{Math.round(sum(room.osds.expected)).toLocaleString('en')}</dd>
        <dt>{t.weight}</dt>
        <dd>{(index.tree.weights[row] ?? 0).toFixed(2)}</dd>
      </dl>
    </>
  );
}
