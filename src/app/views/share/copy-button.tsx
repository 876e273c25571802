import { useState } from 'react';
import { useText } from '../../i18n/text.ts';

/** Copies a text; says so when it is done. Where the browser denies it, the field beside can be copied by hand. */
export function CopyButton({ text }: { readonly text: string }) {
  const words = useText().page;
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="button primary" onClick={copy}>
      <span role="status">{copied ? words.copied : words.copy}</span>
    </button>
  );
}
