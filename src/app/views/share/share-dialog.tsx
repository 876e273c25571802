import { useEffect, useState } from 'react';
import type { ShareResult } from '../../../protocol/calls.ts';
import { useDialogText } from '../../i18n/dialogs-text.ts';
import { sandbox } from '../../state/client.ts';
import { saveFile } from '../../state/save-file.ts';
import { useSession } from '../../state/session-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { Dialog } from '../page/dialog.tsx';
import { CopyButton } from './copy-button.tsx';

/** Longer links may be cut by chat programs. */
const USUAL_LENGTH = 2000;

/** This session as a link, or as a file where a link cannot hold it. */
export function ShareDialog() {
  const words = useDialogText().share;
  const [result, setResult] = useState<ShareResult | null>(null);
  useEffect(() => {
    sandbox()
      .share()
      .then(setResult)
      .catch((error: unknown) => useSession.getState().notify({ kind: 'failed', detail: String(error) }));
  }, []);
  return (
    <Dialog title={words.title} onClose={() => useUi.getState().set({ dialog: null })}>
      <p>{words.intro}</p>
      {result === null && <p className="quiet">{words.working}</p>}
      {result?.ok === true && <LinkField fragment={result.fragment} />}
      {result?.ok === false && <p>{result.why === 'too-long' ? words.tooLong : words.userFiles}</p>}
      {result !== null && (
        <p className="dialog-actions">
          <button type="button" className="button" onClick={() => void saveScenario(result)}>
            {words.download}
          </button>
        </p>
      )}
    </Dialog>
  );
}

function LinkField({ fragment }: { readonly fragment: string }) {
  const words = useDialogText().share;
  const link = `${location.origin}${location.pathname}#${fragment}`;
  return (
    <>
      <label className="link-field">
        {words.link}
        <input readOnly value={link} onFocus={(event) => event.target.select()} />
      </label>
      <p className="dialog-actions">
        <CopyButton text={link} />
        <span className="quiet">{words.length(link.length)}</span>
      </p>
      {link.length > USUAL_LENGTH && <p className="quiet">{words.long}</p>}
    </>
  );
}

async function saveScenario(result: ShareResult): Promise<void> {
  const { printScenarioFile, SCENARIO_FILE_ENDING } = await import('../../../share/scenario-file.ts');
  saveFile(`session${SCENARIO_FILE_ENDING}`, printScenarioFile(result.scenario));
}
