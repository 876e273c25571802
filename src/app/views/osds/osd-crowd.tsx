import { memo, useEffect, useRef } from 'react';
import type { OsdView } from '../../../protocol/view.ts';
import type { OsdBox, OsdLayout } from '../../scene/layout/osds.ts';
import { osdMark } from '../../scene/marks.ts';
import { sizeCanvas } from '../stage/canvas.ts';
import { type Tokens, useTokens } from '../stage/use-tokens.ts';

/** Hundreds and thousands of OSDs on a canvas: filled from below by their use, hollow where out, crossed where down, dashed where gone. */
export const OsdCrowd = memo(function OsdCrowd({
  osds,
  layout,
}: {
  readonly osds: readonly OsdView[];
  readonly layout: OsdLayout;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const tokens = useTokens();
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null || tokens === null) return;
    const context = sizeCanvas(canvas, layout.width, layout.height);
    if (context === null) return;
    for (const osd of osds) {
      const box = layout.byId.get(osd.id);
      if (box !== undefined) paintOsd(context, osd, box, tokens);
    }
  }, [osds, layout, tokens]);
  return <canvas ref={ref} className="st-layer" />;
});

function paintOsd(context: CanvasRenderingContext2D, osd: OsdView, box: OsdBox, tokens: Tokens): void {
  const mark = osdMark(osd);
  const { x, y, width, height } = box;
  const colour = { in: tokens.pgClean, out: tokens.pgDegraded, down: tokens.pgDown, destroyed: tokens.quiet }[mark];
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1;
  if (mark === 'in') {
    const share = osd.capacity_bytes === 0 ? 0 : Math.min(1, osd.bytes / osd.capacity_bytes);
    context.globalAlpha = 0.35;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
    context.fillRect(x, y + height * (1 - share), width, height * share);
    return;
  }
  context.setLineDash(mark === 'destroyed' ? [2, 2] : []);
  context.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), Math.max(1, height - 1));
  context.setLineDash([]);
  if (mark === 'down') cross(context, box);
}

function cross(context: CanvasRenderingContext2D, { x, y, width, height }: OsdBox): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + width, y + height);
  context.moveTo(x + width, y);
  context.lineTo(x, y + height);
  context.stroke();
}
