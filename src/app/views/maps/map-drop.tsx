import { useEffect, useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { openFiles } from '../../state/maps-client.ts';

/** Files dropped anywhere in the room are opened together. */
export function MapDrop() {
  const t = useMapsText().empty;
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setOver(event.type === 'dragover');
      if (event.type === 'drop') void openFiles([...event.dataTransfer.files]);
    };
    const kinds = ['dragover', 'dragleave', 'drop'] as const;
    for (const kind of kinds) document.addEventListener(kind, drag);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, drag);
    };
  }, []);
  return over ? (
    <div className="drop-zone">
      <p>
        {t.drop}
        <br />
        <small className="mr-quiet">{t.privacy}</small>
      </p>
    </div>
  ) : null;
}
