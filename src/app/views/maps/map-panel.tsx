import { type ReactNode, useId } from 'react';
import { useText } from '../../i18n/text.ts';

interface MapPanelProps {
  readonly name: string;
  readonly title: string;
  readonly subtitle?: string;
  /** What the picture leaves out. */
  readonly simplified?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A panel of the map room: title in plain words, what is simplified, and what it shows. */
export function MapPanel({ name, title, subtitle, simplified, actions, children }: MapPanelProps) {
  const words = useText().page;
  const id = useId();
  return (
    <section className="panel-frame mr-panel" aria-labelledby={id} data-map-panel={name}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        <p className="panel-subtitle">{subtitle}</p>
        {actions}
        {simplified !== undefined && (
          <details className="simplified">
            <summary aria-label={words.simplified} title={words.simplified}>
              ?
            </summary>
            <p>
              <b>{words.simplified}.</b> {simplified}
            </p>
          </details>
        )}
      </header>
      {children}
    </section>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly onChoose: (value: T) => void;
}

/** A few choices of which one holds, as one row of buttons. */
export function Choice<T extends string>({ label, value, choices, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset className="mr-choice">
      <legend className="visually-hidden">{label}</legend>
      {choices.map(([choice, name]) => (
        <button type="button" key={choice} aria-pressed={choice === value} onClick={() => onChoose(choice)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
