import { type PointerEvent, useMemo, useState } from 'react';
import type { BytesView } from '../../../protocol/calls.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useInspectedText } from '../../i18n/inspected-text.ts';
import { usePageLayout } from '../page/use-page-layout.ts';
import { gapBefore, type HexRow, hexRows } from './hex-rows.ts';

const COLOURS = 6;
/** Rows drawn at first; a button draws the rest. */
const ROWS = 24;

/** Bytes and what they mean, side by side; pointing at one lights the other. */
export function BytesWithFields({ view }: { readonly view: BytesView }) {
  const words = useInspectedText();
  const [lit, light] = useState(-1);
  const [all, showAll] = useState(false);
  const width = usePageLayout() === 'narrow' ? 8 : 16;
  const rows = useMemo(() => hexRows(view, width), [view, width]);
  if (view.length === 0) return null;
  const shown = all ? rows : rows.slice(0, ROWS);
  return (
    <div className="bytes">
      <section className={`hex of-${width}`} aria-label={words.bytes} {...lighting(light)}>
        {shown.map((row) => (
          <HexLine key={row.off} row={row} lit={lit} />
        ))}
        {rows.length > shown.length && (
          <button type="button" className="link" onClick={() => showAll(true)}>
            + {rows.length - shown.length} × {width}
          </button>
        )}
        {view.bytes.length < view.length && (
          <p className="quiet">{words.firstBytes(view.bytes.length, formatBytes(view.length))}</p>
        )}
      </section>
      <Fields view={view} lit={lit} light={light} />
    </div>
  );
}

interface LitProps {
  readonly lit: number;
  readonly light: (field: number) => void;
}

/** Lights the field of what the pointer is over; the elements carry its number. */
function lighting(light: (field: number) => void) {
  return {
    onPointerLeave: () => light(-1),
    onPointerOver: (event: PointerEvent) => {
      const over = event.target instanceof Element ? event.target.closest('[data-field]') : null;
      light(Number(over?.getAttribute('data-field') ?? -1));
    },
  };
}

function HexLine({ row, lit }: { readonly row: HexRow; readonly lit: number }) {
  return (
    <div className="hex-row">
      <span className="hex-off">{row.off.toString(16).padStart(8, '0')}</span>
      <span className="hex-bytes">
        {row.runs.map((run, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs of a row never change their order
          <span key={index}>
            {gapBefore(row, index)}
            <span className={runClass(run.field, lit)} data-field={run.field}>
              {run.hex}
            </span>
          </span>
        ))}
      </span>
      <span className="hex-ascii" aria-hidden="true">
        {row.runs.map((run, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={index} className={runClass(run.field, lit)} data-field={run.field}>
            {run.ascii}
          </span>
        ))}
      </span>
    </div>
  );
}

function runClass(field: number, lit: number): string {
  if (field < 0) return 'run';
  return `run field-${(field % COLOURS) + 1}${field === lit ? ' lit' : ''}`;
}

function Fields({ view, lit, light }: LitProps & { readonly view: BytesView }) {
  const words = useInspectedText();
  if (view.fields.length === 0) return view.type === null ? <p className="quiet fields">{words.undecoded}</p> : null;
  return (
    <ul className="fields" aria-label={words.fields} {...lighting(light)}>
      {view.fields.map((field, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: fields of decoded bytes never change their order
          key={index}
          className={`field field-${(index % COLOURS) + 1} depth-${Math.min(field.depth, 6)}${index === lit ? ' lit' : ''}`}
          data-field={index}
        >
          <span className="swatch" aria-hidden="true" />
          <span className="field-name">{field.name}</span>
          <span className="field-value">{field.value}</span>
        </li>
      ))}
    </ul>
  );
}
