import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { addFile } from '../../state/client.ts';
import { offer } from '../../state/link.ts';
import { useSession } from '../../state/session-store.ts';

/** A file dropped on the page becomes a file of the simulated machine; a saved session is offered to be opened. */
export function DropZone() {
  const words = useText().page;
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setOver(event.type === 'dragover');
      if (event.type === 'drop') void takeFiles([...event.dataTransfer.files]);
    };
    const kinds = ['dragover', 'dragleave', 'drop'] as const;
    for (const kind of kinds) document.addEventListener(kind, drag);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, drag);
    };
  }, []);
  return over ? <div className="drop-zone">{words.drop}</div> : null;
}

async function takeFiles(files: readonly File[]): Promise<void> {
  try {
    for (const file of files) await takeFile(file);
  } catch (error) {
    useSession.getState().notify({ kind: 'failed', detail: String(error) });
  }
}

async function takeFile(file: File): Promise<void> {
  const { parseScenarioFile, SCENARIO_FILE_ENDING } = await import('../../../share/scenario-file.ts');
  if (!file.name.endsWith(SCENARIO_FILE_ENDING)) return addFile(file);
  const result = parseScenarioFile(await file.text());
  if (result.ok) await offer(result.scenario);
  else useSession.getState().notify({ kind: 'link', error: result.error });
}
