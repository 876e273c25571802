import { useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { compose, preview } from './compose.ts';

interface WeightFieldProps {
  readonly label: string;
  readonly note: string;
  readonly value: number;
  readonly max: number;
  readonly step: number;
  readonly command: (value: number) => string;
}

/** A slider with its figure: the command follows while it moves. */
export function WeightField({ label, note, value, max, step, command }: WeightFieldProps) {
  const t = useMapsText().change;
  const [edited, setEdited] = useState<number | null>(null);
  const shown = edited ?? value;
  const change = (next: number): void => {
    if (!Number.isFinite(next) || next < 0) return;
    setEdited(next);
    preview(command(next));
  };
  return (
    <div className="mr-weight" data-edited={edited !== null && edited !== value}>
      <label>
        <span>{label}</span>
        <input
          type="range"
          min={0}
          max={max}
          step={step}
          value={Math.min(max, shown)}
          onChange={(event) => change(Number(event.target.value))}
        />
      </label>
      <input
        type="number"
        className="mr-number"
        aria-label={label}
        min={0}
        step={step}
        value={Number(shown.toFixed(5))}
        onChange={(event) => change(Number(event.target.value))}
      />
      <button type="button" className="button" disabled={edited === null} onClick={() => compose(command(shown))}>
        {t.set}
      </button>
      <small>{note}</small>
    </div>
  );
}
