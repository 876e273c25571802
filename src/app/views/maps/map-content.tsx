import type { KeyboardEvent } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useMapsText } from '../../i18n/maps-text.ts';
import { useText } from '../../i18n/text.ts';
import { type MapPanel, useMaps } from '../../state/maps-store.ts';
import { usePageLayout } from '../page/use-page-layout.ts';
import { ClusterPanel } from './cluster-panel.tsx';
import { MapSide, type MapSideProps, SideContent } from './map-side.tsx';
import { PgsPanel } from './pgs-panel.tsx';
import { SpreadPanel } from './spread-panel.tsx';

/** All that is shown of an open map; one panel at a time where the page is narrow. */
export function MapContent(props: MapSideProps) {
  return usePageLayout() === 'narrow' ? <NarrowContent {...props} /> : <WideContent {...props} />;
}

function WideContent(props: MapSideProps) {
  const { room, brought } = props;
  return (
    <Group id="maps" orientation="horizontal">
      <Panel id="mr-left" defaultSize="61%" minSize="35%">
        <Group id="maps-left" orientation="vertical">
          <Panel id="mr-cluster" defaultSize="59%" minSize="25%">
            <ClusterPanel room={room} brought={brought} />
          </Panel>
          <Line />
          <Panel id="mr-lower" defaultSize="41%" minSize="20%">
            <Group id="maps-lower" orientation="horizontal">
              <Panel id="mr-pgs" defaultSize="54%" minSize="25%">
                <PgsPanel room={room} />
              </Panel>
              <Line />
              <Panel id="mr-spread" defaultSize="46%" minSize="25%">
                <SpreadPanel room={room} brought={brought} />
              </Panel>
            </Group>
          </Panel>
        </Group>
      </Panel>
      <Line />
      <Panel id="mr-right" defaultSize="39%" minSize="25%">
        <MapSide {...props} />
      </Panel>
    </Group>
  );
}

function Line() {
  return <Separator className="separator" aria-label={useText().page.resize} />;
}

const PANELS: readonly MapPanel[] = ['cluster', 'pgs', 'spread', 'why', 'change', 'moves', 'file'];

function NarrowContent(props: MapSideProps) {
  const t = useMapsText();
  const panel = useMaps((state) => state.panel);
  const names = { cluster: t.cluster.title, pgs: 'PGs', spread: t.spread.title, ...t.tabs };
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = PANELS[(PANELS.indexOf(panel) + by + PANELS.length) % PANELS.length] ?? panel;
    useMaps.getState().set({ panel: next });
    document.getElementById(`mr-tab-${next}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={t.panels} onKeyDown={move}>
        {PANELS.map((id) => (
          <button
            key={id}
            id={`mr-tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === panel}
            aria-controls="mr-tab-panel"
            tabIndex={id === panel ? 0 : -1}
            onClick={() => useMaps.getState().set({ panel: id })}
          >
            {names[id]}
          </button>
        ))}
      </div>
      <div className="tab-panel mr-narrow" id="mr-tab-panel" role="tabpanel" aria-labelledby={`mr-tab-${panel}`}>
        <NarrowPanel panel={panel} {...props} />
      </div>
    </>
  );
}

function NarrowPanel({ panel, ...props }: MapSideProps & { readonly panel: MapPanel }) {
  if (panel === 'cluster') return <ClusterPanel room={props.room} brought={props.brought} />;
  if (panel === 'pgs') return <PgsPanel room={props.room} />;
  if (panel === 'spread') return <SpreadPanel room={props.room} brought={props.brought} />;
  return (
    <div className="mr-tab-panel">
      <SideContent tab={panel} {...props} />
    </div>
  );
}
