import { useText } from '../../i18n/text.ts';
import { insertCommand } from '../terminal/prompt-store.ts';

/** A command that a click puts into the prompt. It never runs by itself. */
export function CommandChip({ command }: { readonly command: string }) {
  const title = useText().page.insert(command);
  return (
    <button type="button" className="command-chip" title={title} onClick={() => insertCommand(command)}>
      <code>{command}</code>
    </button>
  );
}
