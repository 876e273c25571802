import { useEffect } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { mapRoom, openFiles } from '../../state/maps-client.ts';
import { useMapsPlace } from '../../state/maps-place.ts';
import { useMaps } from '../../state/maps-store.ts';
import { Console } from './console.tsx';
import { EditsStrip } from './edits-strip.tsx';
import { EmptyState } from './empty-state.tsx';
import { ErrorBanner } from './error-banner.tsx';
import { MapBar } from './map-bar.tsx';
import { MapContent } from './map-content.tsx';
import { MapDrop } from './map-drop.tsx';
import './maps.css';
import './maps-start.css';
import './maps-console.css';
import './maps-cluster.css';
import './maps-side.css';
import './maps-why.css';
import './maps-change.css';
import './maps-moves.css';
import './maps-narrow.css';
import { useMapKeys } from './use-map-keys.ts';

/** The map room: a map that somebody brought, what it places where, and what changes would move. */
export function MapRoom() {
  const t = useMapsText();
  const report = useMaps((state) => state.report);
  const room = useMaps((state) => state.room);
  const brought = useMaps((state) => state.brought);
  useMapKeys();
  // The worker is there before a map is: reading it can begin at once.
  useEffect(() => void mapRoom(), []);
  useWaitingFiles();
  return (
    <div className="page mr-page" data-phase="open" data-maps={room === null ? 'empty' : 'open'}>
      <a className="skip" href="#mr-main">
        {t.toMain}
      </a>
      <MapBar />
      <div className="banners">
        <ErrorBanner />
      </div>
      <main id="mr-main">
        {room === null || report === null || brought === null ? (
          <EmptyState />
        ) : (
          <MapContent report={report} room={room} brought={brought} />
        )}
      </main>
      {room !== null && <Console />}
      {room !== null && <EditsStrip room={room} />}
      <MapDrop />
    </div>
  );
}

/** Opens what was dropped on the sandbox for the room. */
function useWaitingFiles(): void {
  const waiting = useMapsPlace((state) => state.waiting);
  useEffect(() => {
    if (waiting.length === 0) return;
    useMapsPlace.setState({ waiting: [] });
    void openFiles(waiting);
  }, [waiting]);
}
