import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { bytesText } from '../../scene/units.ts';
import { FlowsView } from './flows-view.tsx';
import { OsdChanges } from './osd-changes.tsx';
import { PoolMovesTable } from './pool-moves.tsx';

/** What the edits would move: how much, in which pools, from where to where, and what each OSD holds then. */
export function MovesTab({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().moves;
  const { moves } = room;
  const copies = moves.pools.reduce((sum, pool) => sum + pool.copies, 0);
  if (room.edits.length === 0) return <p className="empty mr-empty-tab">{t.none}</p>;
  return (
    <div className="mr-tab mr-moves">
      <Totals room={room} copies={copies} />
      <p className="mr-quiet mr-note">
        {t.mapped(moves.mappedPgs, moves.mapped_ms.toFixed(moves.mapped_ms < 10 ? 1 : 0))}
      </p>
      {copies === 0 && <p>{t.nothingMoves}</p>}
      {copies > 0 && <FlowsView room={room} />}
      <PoolMovesTable room={room} />
      {copies > 0 && <OsdChanges room={room} />}
    </div>
  );
}

function Totals({ room, copies }: { readonly room: MapRoomView; readonly copies: number }) {
  const t = useMapsText().moves;
  const { pools } = room.moves;
  const all = room.pools.reduce((sum, pool) => sum + pool.pgNum * pool.size, 0);
  const pgs = pools.reduce((sum, pool) => sum + pool.pgs, 0);
  const known = pools.filter(({ bytes, copies: moved }) => bytes !== null || moved === 0);
  const bytes = known.reduce((sum, pool) => sum + (pool.bytes ?? 0), 0);
  const share = all === 0 ? 0 : copies / all;
  return (
    <dl className="mr-totals">
      <div>
        <dd>{pgs.toLocaleString('en')}</dd>
        <dt>{t.pgs}</dt>
      </div>
      <div>
        <dd>{copies.toLocaleString('en')}</dd>
        <dt>{t.copies}</dt>
      </div>
      <div>
        <dd>{shareText(share)}</dd>
        <dt>{t.misplaced}</dt>
      </div>
      <div>
        <dd>{known.length < pools.length ? (bytes > 0 ? `≥ ${bytesText(bytes)}` : '?') : bytesText(bytes)}</dd>
        <dt>{t.bytes}</dt>
      </div>
    </dl>
  );
}

/** `3.42%`: a share with as many digits as tell something. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0%';
  if (percent < 0.01) return '<0.01%';
  return `${percent >= 10 ? percent.toFixed(1) : percent.toFixed(2)}%`;
}
