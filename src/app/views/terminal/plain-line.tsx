import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import { interrupt } from '../../state/client.ts';
import { useTerminal } from '../../state/terminal-store.ts';
import { Icon } from '../page/icon.tsx';
import type { KeyName } from './keys.ts';
import { complete, pick, pressKeys, setLine, usePrompt } from './prompt-store.ts';

/** Pieces of commands that a tablet's keyboard makes slow to type. */
const SNIPPETS = ['rbd ', 'rados -p ', 'ceph ', '--size ', ' | ', '/', '@', '-', '_'];

/** A plain input field for the same line: Chinese input methods, screen readers and tablets work in it. */
export function PlainLine() {
  const words = useText().terminal;
  const line = usePrompt((state) => state.editor.text);
  const running = useTerminal((state) => state.queue.length);
  return (
    <div className="plain">
      <Candidates />
      <form
        className="plain-line"
        onSubmit={(event) => {
          event.preventDefault();
          pressKeys(['enter']);
        }}
      >
        <span className="plain-prompt" aria-hidden="true">
          ceph1 $
        </span>
        <PlainInput line={line} />
        {running > 1 && <span className="plain-waiting">{words.waiting(running - 1)}</span>}
        {running > 0 ? (
          <button type="button" className="button" onClick={() => void interrupt()}>
            <Icon name="stop" /> {words.stop}
          </button>
        ) : (
          <button type="submit" className="button">
            {words.run}
          </button>
        )}
      </form>
      <Snippets />
    </div>
  );
}

const KEYS: Readonly<Record<string, KeyName>> = { ArrowUp: 'up', ArrowDown: 'down' };

function PlainInput({ line }: { readonly line: string }) {
  const words = useText().terminal;
  const input = useRef<HTMLInputElement>(null);
  const focus = usePrompt((state) => state.focus);
  useEffect(() => {
    if (focus > 0 && matchMedia('(pointer: coarse)').matches) input.current?.focus();
  }, [focus]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = KEYS[event.key];
    if (key === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    pressKeys([key]);
  };
  return (
    <input
      ref={input}
      value={line}
      aria-label={words.plainLabel}
      placeholder={words.plainHint}
      autoCapitalize="none"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="send"
      onChange={(event) => setLine(event.target.value, event.target.selectionStart ?? undefined)}
      onKeyDown={onKeyDown}
    />
  );
}

function Candidates() {
  const words = useText().terminal;
  const listing = usePrompt((state) => state.listing);
  if (listing === null) return null;
  return (
    <fieldset className="candidates" aria-label={words.candidates}>
      {listing.candidates.slice(0, 40).map((candidate) => (
        <button type="button" key={candidate.text} title={candidate.hint} onClick={() => pick(candidate.text)}>
          {candidate.text}
        </button>
      ))}
    </fieldset>
  );
}

/** A row of keys for narrow pages. */
function Snippets() {
  const words = useText().terminal;
  return (
    <fieldset className="snippets" aria-label={words.snippets}>
      <button type="button" onClick={() => void complete(true)}>
        Tab
      </button>
      <button type="button" aria-label={words.previous} onClick={() => pressKeys(['up'])}>
        <Icon name="up" />
      </button>
      <button type="button" aria-label={words.next} onClick={() => pressKeys(['down'])}>
        <Icon name="down" />
      </button>
      {SNIPPETS.map((snippet) => (
        <button type="button" key={snippet} onClick={() => pressKeys([{ text: snippet }])}>
          <code>{snippet.trim()}</code>
        </button>
      ))}
    </fieldset>
  );
}
