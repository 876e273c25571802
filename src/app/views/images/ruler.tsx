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
  /** Opens a range of a large family; null lets it follow what is used again. */
  readonly onOpen: (familyKey: string, range: CellRange | null) => void;
}

const BAR = 8;

/** The whole of a large image in one line, with a window on it: drag to open a range. */
export const Ruler = memo(function Ruler({ ruler, x, width, used, onOpen }: RulerProps) {
  const t = useText().stage.images;
  const { grid, familyKey } = ruler;
  const { columns, range } = grid;
  const [drag, setDrag] = useState<CellRange | null>(null);
  const start = useRef<number | null>(null);
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
        <RulerButtons ruler={ruler} whole={whole} onOpen={onOpen} />
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
        <RulerDrawing used={used} range={drag ?? range} columns={columns} width={width} height={ruler.height} />
      </div>
    </div>
  );
});

interface RulerButtonsProps {
  readonly ruler: RulerLayout;
  readonly whole: boolean;
  readonly onOpen: RulerProps['onOpen'];
}

/** To the whole and back to what is used, each where it is not shown already. */
function RulerButtons({ ruler, whole, onOpen }: RulerButtonsProps) {
  const t = useText().stage.images;
  const { grid, used, chosen, familyKey } = ruler;
  const differs = chosen && (used.from !== grid.range.from || used.to !== grid.range.to);
  return (
    <span>
      {whole && !differs && t.drag}
      {differs && (
        <button type="button" onClick={() => onOpen(familyKey, null)}>
          {t.showUsed}
        </button>
      )}
      {!whole && (
        <button type="button" onClick={() => onOpen(familyKey, { from: 0, to: grid.columns })}>
          {t.showWhole}
        </button>
      )}
    </span>
  );
}

interface RulerDrawingProps {
  readonly used: string;
  readonly range: CellRange;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

const WINDOW_LEAST = 4;

/** The whole, what is used of it, the window, and from its edges the lines that open it to the width of the cells. */
function RulerDrawing({ used, range, columns, width, height }: RulerDrawingProps) {
  const high = Math.round((height * 21) / 36) - 3;
  const wide = Math.max(WINDOW_LEAST, ((range.to - range.from) / columns) * width);
  const x = Math.min(width - wide, (range.from / columns) * width);
  const whole = range.from === 0 && range.to === columns;
  return (
    <svg width={width} height={high} aria-hidden="true">
      <rect className="st-ruler-ground" x={0.5} y={1.5} width={width - 1} height={BAR - 1} rx={2} />
      <path className="st-ruler-used" d={used} />
      {!whole && <path className="st-ruler-open" d={`M${x} ${BAR + 2}L0 ${high}H${width}L${x + wide} ${BAR + 2}Z`} />}
      <rect className="st-ruler-window" x={x} y={0} width={wide} height={BAR + 2} rx={2} />
    </svg>
  );
}

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
