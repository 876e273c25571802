import { useEffect, useState } from 'react';
import { useLanguage } from '../../i18n/language-store.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { useText } from '../../i18n/text.ts';
import { switchLanguage } from '../../state/language.ts';
import { openFiles } from '../../state/maps-client.ts';
import { leaveMaps } from '../../state/maps-place.ts';
import { useMaps } from '../../state/maps-store.ts';
import { AppearanceMenu } from '../controls/appearance-menu.tsx';
import { closeMenuOf, Menu } from '../controls/menu.tsx';
import { usePageLayout } from '../page/use-page-layout.ts';
import { FileChooser } from './file-chooser.tsx';
import { ExportButtons } from './file-tab.tsx';

/** Where you are, what is open, and what can be done with all of it. */
export function MapBar() {
  const t = useMapsText();
  const narrow = usePageLayout() === 'narrow';
  const room = useMaps((state) => state.room);
  const busy = useMaps((state) => state.busy);
  return (
    <header className="top-bar mr-bar">
      <h1 className="brand">
        <svg viewBox="0 0 16 16" aria-hidden="true" className="brand-mark">
          <circle cx="8" cy="8" r="6" />
          <rect x="5.5" y="5.5" width="5" height="5" rx="1" />
        </svg>
        {narrow ? t.titleShort : `Radoscope · ${t.title}`}
      </h1>
      {room !== null && !narrow && <FilePill />}
      <span className="spring" />
      <span className="mr-busy" role="status">
        {busy ? t.busy : ''}
      </span>
      {busy && <BusyClock />}
      {room !== null && <FileChooser label={t.open} onFiles={(files) => void openFiles(files)} />}
      {room !== null && (
        <Menu label={t.exporting} icon="down" withText={!narrow}>
          <div className="menu-body mr-export">
            <ExportButtons onDone={closeMenuOf} />
          </div>
        </Menu>
      )}
      <LanguageButton />
      <AppearanceMenu />
      <button type="button" className="button" onClick={leaveMaps} title={t.back}>
        {narrow ? '✕' : t.back}
      </button>
    </header>
  );
}

/** For how long it has been busy; not announced, or a screen reader would count along. */
function BusyClock() {
  const t = useMapsText();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="mr-busy-clock" aria-hidden="true">
      {seconds > 1 && t.seconds(seconds)}
    </span>
  );
}

function LanguageButton() {
  const words = useText();
  const language = useLanguage((state) => state.language);
  return (
    <button type="button" className="button" lang={language === 'en' ? 'zh-CN' : 'en'} onClick={switchLanguage}>
      {words.otherLanguage}
    </button>
  );
}

/** The file that is open, and how much is in it. */
function FilePill() {
  const t = useMapsText();
  const report = useMaps((state) => state.report);
  const room = useMaps((state) => state.room);
  if (room === null) return null;
  const osds = room.osds.flags.reduce((count, flags) => count + (flags === 0 ? 0 : 1), 0);
  const pgs = room.pools.reduce((sum, pool) => sum + pool.pgNum, 0);
  return (
    <button
      type="button"
      className="pill mr-file-pill"
      title={room.fsid}
      onClick={() => useMaps.getState().set({ tab: 'file', panel: 'file' })}
    >
      <b>{report?.files[0]?.name}</b> {t.facts(osds, pgs, room.epoch)}
    </button>
  );
}
