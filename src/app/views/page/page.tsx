import { lazy, Suspense } from 'react';
import { useText } from '../../i18n/text.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { useLesson } from '../../state/lesson-store.ts';
import { useMapsPlace } from '../../state/maps-place.ts';
import { useSession } from '../../state/session-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { TopBar } from '../controls/top-bar.tsx';
import { usePageKeys } from '../help/use-page-keys.ts';
import { TimelineBar } from '../timeline/timeline-bar.tsx';
import { Dialogs } from './dialogs.tsx';
import { DropZone } from './drop-zone.tsx';
import { geometry, player } from './motion.ts';
import './page.css';
import { PanelById } from './panel-by-id.tsx';
import { PanelGrid } from './panel-grid.tsx';
import { StepRow } from './step-row.tsx';
import { Tabs } from './tabs.tsx';
import { type PageLayout, usePageLayout } from './use-page-layout.ts';

/** None of it is loaded before somebody goes there. */
const MapRoom = lazy(() => import('../maps/map-room.tsx').then((module) => ({ default: module.MapRoom })));

/** What comes after the first drawing, in which nothing moves and nothing has failed. */
const MotionLayer = lazy(() => import('../stage/motion-layer.tsx').then((module) => ({ default: module.MotionLayer })));
const Banners = lazy(() => import('./banners.tsx').then((module) => ({ default: module.Banners })));

/** Comes with the first command that waits. */
const BlockedBar = lazy(() => import('../trouble/blocked-bar.tsx').then((module) => ({ default: module.BlockedBar })));

/** The one page, or the map room beside it: what you see of the cluster above, what you type below, time along the bottom. */
export function Page() {
  const maps = useMapsPlace((state) => state.open);
  if (!maps) return <Sandbox />;
  return (
    <Suspense fallback={null}>
      <MapRoom />
    </Suspense>
  );
}

function Sandbox() {
  usePageKeys();
  const words = useText().page;
  const layout = usePageLayout();
  const phase = useSession((state) => state.phase);
  const blocked = useCluster((state) => state.status.kind === 'blocked');
  return (
    <div className="page" data-layout={layout} data-phase={phase}>
      <a className="skip" href="#main">
        {words.toStage}
      </a>
      <TopBar />
      <div>
        <Suspense fallback={null}>
          <Banners />
        </Suspense>
        <Suspense fallback={null}>{blocked && <BlockedBar />}</Suspense>
      </div>
      <main id="main">{phase === 'failed' ? <p className="empty">{words.failed}</p> : <Panels layout={layout} />}</main>
      <StepRow />
      <TimelineBar />
      <Suspense fallback={null}>
        <MotionLayer player={player} geometry={geometry} />
      </Suspense>
      <Dialogs />
      <DropZone />
    </div>
  );
}

function Panels({ layout }: { readonly layout: PageLayout }) {
  const presenter = useUi((state) => state.presenter);
  const withLesson = useLesson((state) => state.lesson !== null);
  const drawer = useUi((state) => state.drawer);
  if (presenter !== null && (presenter !== 'lesson' || withLesson)) return <PanelById id={presenter} />;
  if (layout === 'narrow') return <Tabs />;
  return (
    <>
      <PanelGrid withInspector={layout === 'wide'} withLesson={withLesson} />
      {layout === 'drawer' && drawer && (
        <aside className="drawer">
          <PanelById id="inspector" />
        </aside>
      )}
    </>
  );
}
