import { useState } from 'react';
import { useText } from '../../i18n/text.ts';

interface CopyButtonProps {
  readonly text: string;
  /** What it says in place of "Copy". */
  readonly label?: string;
  readonly className?: string;
}

/** Copies a text; says so until it is left. Where the browser denies it, the text beside can be copied by hand. */
export function CopyButton({ text, label, className = 'primary' }: CopyButtonProps) {
  const words = useText().page;
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className={`button ${className}`} onClick={copy} onBlur={() => setCopied(false)}>
      <span role="status">{copied ? words.copied : (label ?? words.copy)}</span>
    </button>
  );
}
