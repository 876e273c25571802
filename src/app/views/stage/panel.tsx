import { type ReactNode, useId } from 'react';
import { useText } from '../../i18n/text.ts';
import './stage.css';

interface PanelProps {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly simplified: readonly string[];
  /** In the place of the subtitle, where there is something to tell. */
  readonly status?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a stage panel: its title in plain words, what is simplified, and room for buttons. */
export function Panel({ name, title, subtitle, simplified, status, actions, children }: PanelProps) {
  const t = useText().stage;
  const id = useId();
  return (
    <section className={`st-panel st-${name}`} aria-labelledby={id} data-panel={name}>
      <header className="st-head">
        <h2 id={id}>{title}</h2>
        {status ?? <p title={subtitle}>{subtitle}</p>}
        <details className="st-simplified">
          <summary aria-label={t.simplified} title={t.simplified}>
            ?
          </summary>
          <div>
            <h3>{t.simplified}</h3>
            <ul>
              {simplified.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        </details>
        {actions}
      </header>
      {children}
    </section>
  );
}

interface EmptyProps {
  readonly text: string;
  readonly commands: readonly string[];
  readonly onInsertCommand: (text: string) => void;
}

/** What a panel says while there is nothing to draw: why, and what to type. */
export function Empty({ text, commands, onInsertCommand }: EmptyProps) {
  const t = useText().stage;
  return (
    <div className="st-empty">
      <p>{text}</p>
      {commands.length > 0 && <p className="st-quiet">{t.typeThis}</p>}
      {commands.map((command) => (
        <button key={command} type="button" className="st-command" onClick={() => onInsertCommand(command)}>
          <span aria-hidden="true">$</span> {command}
        </button>
      ))}
    </div>
  );
}
