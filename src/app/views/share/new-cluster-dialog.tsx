import { useText } from '../../i18n/text.ts';
import { loadScenario } from '../../state/client.ts';
import { useUi } from '../../state/ui-store.ts';
import { Dialog } from '../page/dialog.tsx';

/** Asks before the session is dropped for a fresh cluster. */
export function NewClusterDialog() {
  const words = useText();
  const close = (): void => useUi.getState().set({ dialog: null });
  const renew = (): void => {
    useUi.getState().set({ dialog: null, selection: null });
    void loadScenario(null);
  };
  return (
    <Dialog title={words.share.newTitle} onClose={close}>
      <p>{words.share.newIntro}</p>
      <p className="dialog-actions">
        <button type="button" className="button primary" onClick={renew}>
          {words.share.newAction}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.share.keep}
        </button>
      </p>
    </Dialog>
  );
}
