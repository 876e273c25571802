import type { Hold } from '../../scene/choreography/plan.ts';
import type { Box } from '../../scene/geometry.ts';
import type { CellKind } from '../../scene/marks.ts';
import type { Tokens } from './use-tokens.ts';

/** Narrower marks are bins: one object does not change what they show. */
const NARROWEST = 10;
const NUMBERED = 17;

/** The cell as it was, over the cell as it is, until what moves has arrived. */
export function paintHold(context: CanvasRenderingContext2D, tokens: Tokens, hold: Hold, box: Box | null): void {
  if (box === null || box.width < NARROWEST) return;
  const { fill, edge, text } = looksOf(tokens, hold.kind);
  context.save();
  context.fillStyle = tokens.ground;
  context.fillRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
  const shape = new Path2D();
  shape.roundRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, 3);
  if (fill !== null) {
    context.fillStyle = fill;
    context.globalAlpha = hold.kind === 'shared' ? 0.12 : 1;
    context.fill(shape);
    context.globalAlpha = 1;
  }
  if (hold.kind === 'parent') hatch(context, shape, box, tokens.parent);
  context.strokeStyle = edge;
  context.stroke(shape);
  if (text !== null && box.width >= NUMBERED) paintNumber(context, tokens, hold, box, text);
  context.restore();
}

interface Looks {
  readonly fill: string | null;
  readonly edge: string;
  readonly text: string | null;
}

function looksOf(tokens: Tokens, kind: CellKind): Looks {
  switch (kind) {
    case 'hole':
      return { fill: null, edge: tokens.hole, text: null };
    case 'own':
      return { fill: tokens.own, edge: tokens.own, text: tokens.onOwn };
    case 'parent':
      return { fill: tokens.parentGround, edge: tokens.parentEdge, text: tokens.onParent };
    case 'copiedUp':
      return { fill: tokens.copiedUp, edge: tokens.copiedUp, text: tokens.onCopiedUp };
    case 'kept':
      return { fill: tokens.kept, edge: tokens.kept, text: tokens.onKept };
    case 'zero':
      return { fill: null, edge: tokens.quiet, text: null };
    case 'shared':
      return { fill: tokens.own, edge: tokens.own, text: tokens.ink };
  }
}

function hatch(context: CanvasRenderingContext2D, shape: Path2D, box: Box, colour: string): void {
  context.save();
  context.clip(shape);
  context.strokeStyle = colour;
  context.lineWidth = 2.6;
  context.beginPath();
  for (let at = -box.height; at < box.width + box.height; at += 8.5) {
    context.moveTo(box.x + at, box.y);
    context.lineTo(box.x + at + box.height, box.y + box.height);
  }
  context.stroke();
  context.restore();
}

function paintNumber(context: CanvasRenderingContext2D, tokens: Tokens, hold: Hold, box: Box, colour: string): void {
  context.font = `12px ${tokens.fontMono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(String(hold.at.objectNo), box.x + box.width / 2, box.y + box.height / 2 + 0.5);
}
