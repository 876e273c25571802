import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { addFile } from '../../state/client.ts';
import { offer } from '../../state/link.ts';
import { enterMaps } from '../../state/maps-place.ts';
import { useSession } from '../../state/session-store.ts';

type Target = 'machine' | 'maps';

/**
 * A file dropped on the page becomes a file of the simulated machine, and a saved session is offered to be opened;
 * on the right third of the page it is opened in the map room.
 */
export function DropZone() {
  const words = useText().page;
  const [over, setOver] = useState<Target | null>(null);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      const target = event.clientX > (window.innerWidth * 2) / 3 ? 'maps' : 'machine';
      setOver(event.type === 'dragover' ? target : null);
      if (event.type !== 'drop') return;
      const files = [...event.dataTransfer.files];
      if (target === 'maps') enterMaps(files);
      else void takeFiles(files);
    };
    const kinds = ['dragover', 'dragleave', 'drop'] as const;
    for (const kind of kinds) document.addEventListener(kind, drag);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, drag);
    };
  }, []);
  if (over === null) return null;
  return (
    <div className="drop-zone drop-targets" data-target={over}>
      <p>{words.drop}</p>
      <p>{words.dropMap}</p>
    </div>
  );
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
