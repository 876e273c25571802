import { memo, useEffect, useRef } from 'react';
import type { PgView } from '../../../protocol/view.ts';
import { type PgLayout, pgPosition, pgsHeight, pgsWidth } from '../../scene/layout/pgs.ts';
import { pgMark } from '../../scene/marks.ts';
import { sizeCanvas } from '../stage/canvas.ts';
import { type Tokens, useTokens } from '../stage/use-tokens.ts';

interface PgCrowdProps {
  readonly pgs: readonly PgView[];
  readonly layout: PgLayout;
  readonly most: number;
}

/** Very many PGs: cells on a canvas, the brighter the more objects; the state is the colour, and a cut or a cross where there is room. */
export const PgCrowd = memo(function PgCrowd({ pgs, layout, most }: PgCrowdProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const tokens = useTokens();
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null || tokens === null) return;
    const context = sizeCanvas(canvas, pgsWidth(layout), pgsHeight(layout));
    if (context !== null) for (const [index, pg] of pgs.entries()) paintPg(context, pg, index, layout, most, tokens);
  }, [pgs, layout, most, tokens]);
  return <canvas ref={ref} className="st-layer" />;
});

function paintPg(
  context: CanvasRenderingContext2D,
  pg: PgView,
  index: number,
  layout: PgLayout,
  most: number,
  tokens: Tokens,
): void {
  const place = pgPosition(layout, index);
  const x = Math.round(place.x);
  const y = Math.round(place.y);
  const width = Math.max(1, Math.round(place.x + layout.width) - x);
  const height = Math.max(1, Math.round(place.y + layout.height) - y);
  const mark = pgMark(pg.state);
  const share = most === 0 ? 0 : pg.objects / most;
  context.globalAlpha = mark === 'clean' ? 0.22 + 0.78 * share : 1;
  context.fillStyle =
    mark === 'clean'
      ? tokens.own
      : mark === 'degraded'
        ? tokens.pgDegraded
        : mark === 'down'
          ? tokens.pgDown
          : tokens.pgMoving;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  if (mark === 'clean' || width < 5) return;
  context.fillStyle = tokens.panel;
  context.strokeStyle = tokens.panel;
  context.beginPath();
  if (mark === 'degraded') {
    context.moveTo(x + width / 2, y);
    context.lineTo(x + width, y);
    context.lineTo(x + width, y + height / 2);
    context.fill();
  } else if (mark === 'down') {
    context.moveTo(x, y);
    context.lineTo(x + width, y + height);
    context.moveTo(x + width, y);
    context.lineTo(x, y + height);
    context.stroke();
  } else context.fillRect(x + 2, y + 2, width - 4, height - 4);
}
