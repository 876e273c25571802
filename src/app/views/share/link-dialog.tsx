import { useDialogText } from '../../i18n/dialogs-text.ts';
import { acceptLink, closeLink, waitingScenario } from '../../state/link.ts';
import { useTimeline } from '../../state/timeline-store.ts';
import { Dialog } from '../page/dialog.tsx';

/** Asks before a shared session replaces the one that is there. */
export function LinkDialog() {
  const words = useDialogText().share;
  const mine = useTimeline((state) => state.entries.length);
  const theirs = waitingScenario()?.commands ?? [];
  return (
    <Dialog title={words.openTitle} onClose={closeLink}>
      <p>
        {words.openIntro(theirs.length)} {words.openReplaces(mine)}
      </p>
      <pre className="preview">{theirs.slice(0, 12).join('\n') + (theirs.length > 12 ? '\n…' : '')}</pre>
      <p className="dialog-actions">
        <button type="button" className="button primary" onClick={() => void acceptLink()}>
          {words.open}
        </button>
        <button type="button" className="button" onClick={closeLink}>
          {words.keep}
        </button>
      </p>
    </Dialog>
  );
}
