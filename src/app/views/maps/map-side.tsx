import type { KeyboardEvent } from 'react';
import type { MapReport, MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { type MapTab, useMaps } from '../../state/maps-store.ts';
import { ChangeTab } from './change-tab.tsx';
import { FileTab } from './file-tab.tsx';
import { MovesTab } from './moves-tab.tsx';
import { WhyTab } from './why-tab.tsx';

const TABS: readonly MapTab[] = ['file', 'change', 'why', 'moves'];

export interface MapSideProps {
  readonly report: MapReport;
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
}

/** Beside the pictures: what was read, what can be changed, why, and what moves. */
export function MapSide(props: MapSideProps) {
  const t = useMapsText();
  const tab = useMaps((state) => state.tab);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? tab;
    useMaps.getState().set({ tab: next });
    document.getElementById(`mr-tab-${next}`)?.focus();
  };
  return (
    <div className="mr-side">
      <div className="mr-tabs" role="tablist" aria-label={t.panels} onKeyDown={move}>
        {TABS.map((id) => (
          <button
            key={id}
            id={`mr-tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === tab}
            aria-controls="mr-tab-panel"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => useMaps.getState().set({ tab: id })}
          >
            {t.tabs[id]}
            {id === 'moves' && <MovedCount room={props.room} />}
          </button>
        ))}
      </div>
      <div className="mr-tab-panel" id="mr-tab-panel" role="tabpanel" aria-labelledby={`mr-tab-${tab}`}>
        <SideContent tab={tab} {...props} />
      </div>
    </div>
  );
}

export function SideContent({ tab, report, room, brought }: MapSideProps & { readonly tab: MapTab }) {
  if (tab === 'file') return <FileTab report={report} room={room} />;
  if (tab === 'change') return <ChangeTab room={room} brought={brought} />;
  return tab === 'why' ? <WhyTab room={room} /> : <MovesTab room={room} />;
}

function MovedCount({ room }: { readonly room: MapRoomView }) {
  const pgs = room.moves.pools.reduce((sum, pool) => sum + pool.pgs, 0);
  return pgs === 0 ? null : <span className="mr-count">{pgs.toLocaleString('en')}</span>;
}
