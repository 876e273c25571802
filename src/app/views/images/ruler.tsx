import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import type { CellRange } from '../../scene/layout/bins.ts';
import { fitRange, type Ruler as RulerLayout } from '../../scene/layout/images.ts';

interface RulerProps {
  readonly ruler: RulerLayout;
  readonly x: number;
  readonly width: number;
  /** Columns with anything in them, as bins of 0 to 1 of the ruler's width. */
  readonly used: string;
  /** Opens a range of a large family; null shows the whole. */
  readonly onOpen: (familyKey: string, range: CellRange) => void;
}

const BAR = 8;

/** The whole of a large image in one line, with a window on it: drag to open a range. */
export const Ruler = memo(function Ruler({ ruler, x, width, used, onOpen }: RulerProps) {
  const t = useText().stage.images;
  const { grid, familyKey } = ruler;
  const { columns, range } = grid;
  const [drag, setDrag] = useState<CellRange | null>(null);
  const start = useRef<number | null>(null);
  const shown = drag ?? range;
  const whole = range.from === 0 && range.to === columns;
  const columnAt = (event: PointerEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return ((event.clientX - box.left) / Math.max(1, box.width)) * columns;
  };
  const open = (next: CellRange) => onOpen(familyKey, fitRange(next, columns));
  return (
    <div className="st-ruler" style={{ left: x, top: ruler.y, width, height: ruler.height }}>
      <p>
        {whole ? t.whole(columns) : t.range(range.from, range.to - 1, columns)}
        {whole ? (
          <span>{t.drag}</span>
        ) : (
          <button type="button" onClick={() => open({ from: 0, to: columns })}>
            {t.showWhole}
          </button>
        )}
      </p>
      <div
        className="st-ruler-bar"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys open and move a range here
        tabIndex={0}
        aria-label={`${t.range(range.from, range.to - 1, columns)}. ${t.rulerHelp}`}
        onKeyDown={(event) => rulerKey(event, range, columns, open)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = columnAt(event);
        }}
        onPointerMove={(event) => {
          if (start.current === null) return;
          const at = columnAt(event);
          setDrag(fitRange({ from: Math.min(at, start.current), to: Math.max(at, start.current) }, columns));
        }}
        onPointerUp={(event) => {
          const at = columnAt(event);
          const from = start.current ?? at;
          start.current = null;
          setDrag(null);
          const span = Math.abs(at - from);
          const wide = Math.min(columns, Math.max(16, Math.floor(width / 22)));
          open(
            span * width < columns * 3
              ? { from: at - wide / 2, to: at + wide / 2 }
              : { from: Math.min(at, from), to: Math.max(at, from) },
          );
        }}
      >
        <svg width={width} height={BAR + 2} aria-hidden="true">
          <rect className="st-ruler-ground" x={0.5} y={1.5} width={width - 1} height={BAR - 1} rx={2} />
          <path className="st-ruler-used" d={used} />
          <rect
            className="st-ruler-window"
            x={(shown.from / columns) * width}
            y={0}
            width={Math.max(3, ((shown.to - shown.from) / columns) * width)}
            height={BAR + 2}
            rx={2}
          />
        </svg>
      </div>
    </div>
  );
});

function rulerKey(event: KeyboardEvent, range: CellRange, columns: number, open: (range: CellRange) => void): void {
  const width = range.to - range.from;
  const middle = range.from + width / 2;
  const next: Readonly<Record<string, CellRange>> = {
    ArrowLeft: shift(range, -Math.min(width / 2, range.from)),
    ArrowRight: shift(range, Math.min(width / 2, columns - range.to)),
    '+': { from: middle - width / 4, to: middle + width / 4 },
    '=': { from: middle - width / 4, to: middle + width / 4 },
    '-': { from: Math.max(0, middle - width), to: middle + width },
    Home: { from: 0, to: columns },
  };
  const found = next[event.key];
  if (found === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  open(found);
}

function shift(range: CellRange, by: number): CellRange {
  return { from: range.from + by, to: range.to + by };
}
