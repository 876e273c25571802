import { useMapsText } from '../../i18n/maps-text.ts';
import { useMaps } from '../../state/maps-store.ts';
import { Icon } from '../page/icon.tsx';

/** Why a file was not opened: which one, where in it, and that what was open stays. */
export function ErrorBanner() {
  const t = useMapsText();
  const error = useMaps((state) => state.error);
  const failed = useMaps((state) => state.failed);
  const open = useMaps((state) => state.room !== null);
  if (error === null && failed === null) return null;
  const place = error === null ? '' : t.error.place(error.offset, error.field);
  return (
    <div className="banner error" role="alert">
      <p>
        {failed !== null && t.failed(failed)}
        {error !== null && (
          <>
            <b>{t.error.title(error.file, t.error.codes[error.code])}</b> {place}
            {error.message !== '' && <code className="mr-error-detail">{error.message}</code>} {open && t.keptOpen}
          </>
        )}
      </p>
      <button
        type="button"
        className="icon-button"
        aria-label={t.close}
        title={t.close}
        onClick={() => useMaps.getState().set({ error: null, failed: null })}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
