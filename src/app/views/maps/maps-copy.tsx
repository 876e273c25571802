import { useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';

/** Copies a text; says so when it is done. */
export function MapsCopy({ text, label }: { readonly text: string; readonly label?: string }) {
  const t = useMapsText();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="button mr-copy" onClick={copy} onBlur={() => setCopied(false)}>
      <span role="status">{copied ? t.copied : (label ?? t.copy)}</span>
    </button>
  );
}
