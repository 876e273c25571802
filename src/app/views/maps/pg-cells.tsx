import { type KeyboardEvent, type MouseEvent, memo, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { PgTable } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { pgIndexAt, pgPosition, pgsHeight, pgsWidth } from '../../scene/layout/pgs.ts';
import { osdsOf, type PgFacts } from '../../scene/maps/pg-facts.ts';
import { cellOf, cellRange, opened, type PgGrid, type PgRange, pgidOf } from '../../scene/maps/pg-grid.ts';
import { askWhy } from '../../state/maps-client.ts';
import { sizeCanvas } from '../stage/canvas.ts';
import { useTokens } from '../stage/use-tokens.ts';
import { paintPgs } from './paint-pgs.ts';

export interface PgCellsProps {
  readonly table: PgTable;
  /** Copies that each PG should have. */
  readonly wanted: number;
  readonly facts: PgFacts;
  readonly lit: Uint8Array;
  readonly grid: PgGrid;
  readonly chosen: number | null;
  readonly scale: number;
  /** True where all PGs are shown: then there is nothing to go back to. */
  readonly whole: boolean;
  readonly onRange: (range: PgRange) => void;
}

/** The grid itself: a canvas, the light on it, and what pointer and keys do. */
export function PgCells(props: PgCellsProps) {
  const { grid, chosen } = props;
  const t = useMapsText().pgs;
  const { cell, announce, tip, ...handlers } = useCells(props);
  return (
    <>
      <div
        className="mr-cells"
        role="application"
        aria-label={`${t.title}. ${t.keys}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole grid; arrow keys move inside it
        tabIndex={0}
        style={{ height: pgsHeight(grid.layout) }}
        {...handlers}
      >
        <CellCanvas {...props} />
        <svg className="mr-focus" width={pgsWidth(grid.layout)} height={pgsHeight(grid.layout)} aria-hidden="true">
          <CellFrame grid={grid} cell={chosen === null ? null : cellOf(grid, chosen)} kind="pick" />
          <CellFrame grid={grid} cell={cell} kind="cursor" />
        </svg>
      </div>
      {tip !== null && (
        <p className="mr-cell-tip" aria-hidden="true">
          {tip}
        </p>
      )}
      <p className="visually-hidden" aria-live="polite">
        {announce}
      </p>
    </>
  );
}

interface CellFrameProps {
  readonly grid: PgGrid;
  readonly cell: number | null;
  readonly kind: 'pick' | 'cursor';
}

function CellFrame({ grid, cell, kind }: CellFrameProps) {
  if (cell === null) return null;
  const { x, y } = pgPosition(grid.layout, cell);
  const { width, height } = grid.layout;
  return (
    <g className={`mr-frame mr-frame-${kind}`}>
      <rect x={x - 1} y={y - 1} width={width + 2} height={height + 2} rx={2} />
      {kind === 'pick' && width < 9 && <circle cx={x + width / 2} cy={y + height / 2} r={8} />}
    </g>
  );
}

const CellCanvas = memo(function CellCanvas({ table, wanted, facts, lit, grid, scale }: PgCellsProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const tokens = useTokens();
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null || tokens === null) return;
    const context = sizeCanvas(canvas, pgsWidth(grid.layout), pgsHeight(grid.layout));
    if (context !== null) paintPgs(context, { table, wanted, facts, lit, grid, scale, tokens });
    canvas.dataset.drawn = String(grid.layout.count);
    canvas.dataset.mode = grid.perCell > 1 ? 'heat' : grid.layout.mode;
  }, [table, wanted, facts, lit, grid, scale, tokens]);
  return <canvas ref={ref} className="mr-canvas" />;
});

function useCells({ table, facts, grid, onRange, whole }: PgCellsProps) {
  const t = useMapsText().pgs;
  const [cell, setCell] = useState<number | null>(null);
  const [announce, setAnnounce] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another range the cell is another
  useEffect(() => setCell(null), [grid.from, grid.count]);
  const shown = cell !== null && cell < grid.layout.count ? cell : null;
  const say = (at: number): string => {
    const { from, to } = cellRange(grid, at);
    const changed = facts.changed.subarray(from, to);
    if (to - from === 1)
      return t.spoken(pgidOf(table.pool, from), osdsOf(table, 'after', from).join(', '), facts.moved[from] ?? 0);
    const count = changed.reduce((sum, each) => sum + each, 0);
    return t.spokenMany(pgidOf(table.pool, from), pgidOf(table.pool, to - 1), count);
  };
  const choose = (at: number): void => {
    if (grid.perCell > 1) onRange(opened(grid, at));
    else void askWhy(pgidOf(table.pool, cellRange(grid, at).from));
  };
  const hit = (event: MouseEvent): number | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return pgIndexAt(grid.layout, { x: event.clientX - left, y: event.clientY - top });
  };
  return {
    cell: shown,
    announce,
    tip: shown === null ? null : say(shown),
    onPointerMove: (event: PointerEvent) => event.pointerType !== 'touch' && setCell(hit(event)),
    onPointerLeave: () => setCell(null),
    onClick: (event: MouseEvent) => {
      const at = hit(event);
      if (at !== null) choose(at);
    },
    onBlur: () => setCell(null),
    onKeyDown: (event: KeyboardEvent) => {
      const { columns, count } = grid.layout;
      const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
      const back = event.key === 'Backspace' || event.key === 'Escape';
      if (by === undefined && event.key !== 'Enter' && !(back && !whole)) return;
      event.preventDefault();
      if (back) onRange({ from: 0, to: table.pgNumAfter });
      else if (by === undefined) {
        if (cell !== null) choose(cell);
      } else {
        const next = cell === null ? 0 : Math.max(0, Math.min(count - 1, cell + by));
        setCell(next);
        setAnnounce(say(next));
      }
    },
  };
}
