import { useMapsText } from '../../i18n/maps-text.ts';
import { openFiles } from '../../state/maps-client.ts';
import { openSandbox } from '../../state/maps-sandbox.ts';
import { useMaps } from '../../state/maps-store.ts';
import { CopyButton } from '../share/copy-button.tsx';
import { EmptyPicture } from './empty-picture.tsx';
import { FileChooser } from './file-chooser.tsx';

/** Before a map is there: where to drop it, what is read, and which commands make it. */
export function EmptyState() {
  const t = useMapsText().empty;
  const opening = useMaps((state) => state.phase === 'opening');
  const openingText = useMapsText().opening;
  return (
    <div className="mr-start">
      <div className="mr-start-inner">
        <h2>{t.title}</h2>
        <p className="mr-lead">{t.intro}</p>
        <div className="mr-drop" data-opening={opening}>
          <EmptyPicture />
          <p className="mr-drop-title">{opening ? openingText : t.drop}</p>
          {!opening && (
            <p className="mr-drop-actions">
              <FileChooser label={t.choose} primary onFiles={(files) => void openFiles(files)} />
              <span className="mr-quiet">{t.or}</span>
              <button type="button" className="button" onClick={() => void openSandbox()}>
                {t.sandbox}
              </button>
            </p>
          )}
          <p className="mr-quiet">{t.privacy}</p>
        </div>
        <h3>{t.reads}</h3>
        <ul className="mr-kinds">
          {t.kinds.map(({ name, command, note }) => (
            <li key={command}>
              <b>{name}</b>
              <span className="mr-kind-command">
                <code>{command}</code>
                <CopyButton className="mr-copy" text={command} />
              </span>
              <span className="mr-quiet">{note}</span>
            </li>
          ))}
        </ul>
        <p className="mr-quiet">{t.together}</p>
      </div>
    </div>
  );
}
