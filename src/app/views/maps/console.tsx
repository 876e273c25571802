import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { runLine, stopLine } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';
import { Icon } from '../page/icon.tsx';

/** The line in which every change waits to be run, and what the last ones printed. */
export function Console() {
  const t = useMapsText().console;
  const line = useMaps((state) => state.line);
  const log = useMaps((state) => state.log);
  const busy = useMaps((state) => state.busy);
  const running = useMaps((state) => state.running);
  const [open, setOpen] = useState(false);
  const last = log.at(-1);
  // What failed, or printed, is shown; what silently worked is seen in the picture.
  useEffect(() => {
    if (last !== undefined) setOpen(last.exitCode !== 0 || (last.stdout !== '' && last.stderr === ''));
  }, [last]);
  const { back, record } = useHistory();
  const run = (event: FormEvent): void => {
    event.preventDefault();
    if (running) return;
    record(line);
    void runLine(line);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === 'Escape') setOpen(false);
    if (event.key === 'c' && event.ctrlKey && running) stopLine();
    if (by === undefined) return;
    event.preventDefault();
    useMaps.getState().set({ line: back(by) });
  };
  return (
    <section className="mr-console" aria-label={t.label}>
      {open && log.length > 0 && <Output />}
      <form className="mr-line" onSubmit={run}>
        <label htmlFor="mr-line" className="mr-prompt">
          $<span className="visually-hidden"> {t.label}</span>
        </label>
        <input
          id="mr-line"
          value={line}
          placeholder={t.placeholder}
          title={t.runsHere}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => useMaps.getState().set({ line: event.target.value })}
          onKeyDown={onKeyDown}
        />
        {log.length > 0 && (
          <button
            type="button"
            className="icon-button"
            aria-expanded={open}
            aria-label={open ? t.hideOutput : t.showOutput}
            title={open ? t.hideOutput : t.showOutput}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'up'} />
          </button>
        )}
        {running ? (
          <button type="button" className="button" title="Ctrl-C" onClick={stopLine}>
            <Icon name="stop" /> {t.stop}
          </button>
        ) : (
          <button type="submit" className="button primary" disabled={busy || line.trim() === ''}>
            {t.run}
          </button>
        )}
      </form>
    </section>
  );
}

/** Earlier lines, by the up and down keys. */
function useHistory() {
  const lines = useRef<string[]>([]);
  const at = useRef(0);
  return {
    record: (line: string): void => {
      lines.current = [...lines.current, line];
      at.current = lines.current.length;
    },
    back: (by: number): string => {
      at.current = Math.max(0, Math.min(lines.current.length, at.current + by));
      return lines.current[at.current] ?? '';
    },
  };
}

function Output() {
  const t = useMapsText().console;
  const log = useMaps((state) => state.log);
  const element = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest is seen as it comes
  useEffect(() => {
    element.current?.scrollTo({ top: element.current.scrollHeight });
  }, [log]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
    <div className="mr-output" role="log" aria-label={t.output} tabIndex={0} ref={element}>
      {log.map((entry) => (
        <div key={entry.id} data-exit={entry.exitCode}>
          <p>
            <span className="mr-prompt">$</span> {entry.line}
            {entry.exitCode !== 0 && <em>{t.exit(entry.exitCode)}</em>}
          </p>
          {entry.stdout !== '' && <pre>{entry.stdout}</pre>}
          {entry.stderr !== '' && <pre className="mr-stderr">{entry.stderr}</pre>}
          {entry.stdout + entry.stderr === '' && <p className="mr-quiet">{t.quiet}</p>}
        </div>
      ))}
    </div>
  );
}
