import type { LitFlash, MotionFrame, MovingLeg } from '../../scene/choreography/frame.ts';
import type { Hue } from '../../scene/choreography/plan.ts';
import { type Anchor, type Box, centreOf, type Geometry } from '../../scene/geometry.ts';
import { paintHold } from './paint-hold.ts';
import type { Tokens } from './use-tokens.ts';

export interface Painter {
  readonly context: CanvasRenderingContext2D;
  readonly geometry: Geometry;
  readonly tokens: Tokens;
  readonly crowdText: (done: number, total: number) => string;
}

/** Paints one frame: cells that are held back, rings, then what flies, and the count of a crowd. */
export function paintFrame(painter: Painter, frame: MotionFrame): void {
  const places = cachedPlaces(painter.geometry);
  for (const hold of frame.holds) paintHold(painter.context, painter.tokens, hold, places(hold.at));
  if (frame.crowd) {
    for (const leg of frame.legs) paintDot(painter, leg, places(leg.from), places(leg.to));
    paintCount(painter, frame, places);
    return;
  }
  for (const flash of frame.flashes) paintFlash(painter, flash, places(flash.at));
  for (const leg of frame.legs) paintLeg(painter, leg, places(leg.from), places(leg.to));
}

type Places = (anchor: Anchor) => Box | null;

/** Asks for each place once a frame: reading the page's layout is what costs. */
function cachedPlaces(geometry: Geometry): Places {
  const known = new Map<string, Box | null>();
  return (anchor) => {
    const key = keyOf(anchor);
    const found = known.get(key);
    if (found !== undefined) return found;
    const place = geometry.resolve(anchor);
    known.set(key, place);
    return place;
  };
}

function keyOf(anchor: Anchor): string {
  switch (anchor.kind) {
    case 'cell':
      return `c${anchor.imageId}@${anchor.snap}#${anchor.objectNo}`;
    case 'pg':
      return `p${anchor.pgid}`;
    case 'osd':
      return `o${anchor.id}/${anchor.pgid ?? ''}`;
    case 'image':
      return `i${anchor.imageId}`;
    case 'prompt':
      return '>';
  }
}

export function colourOf(tokens: Tokens, hue: Hue): string {
  const colours: Readonly<Record<Hue, string>> = {
    own: tokens.own,
    'parent-edge': tokens.parentEdge,
    'copied-up': tokens.copiedUp,
    kept: tokens.kept,
    'pg-clean': tokens.pgClean,
    'pg-moving': tokens.pgMoving,
    'pg-down': tokens.pgDown,
    'pg-degraded': tokens.pgDegraded,
    quiet: tokens.quiet,
  };
  return colours[hue];
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A point on the way between two places: slightly bowed, so that ways there and back are told apart. */
export function pointOn(from: Spot, to: Spot, part: number): Spot {
  const bow = 0.12;
  const middle = {
    x: (from.x + to.x) / 2 + (to.y - from.y) * bow,
    y: (from.y + to.y) / 2 - (to.x - from.x) * bow,
  };
  const rest = 1 - part;
  return {
    x: rest * rest * from.x + 2 * rest * part * middle.x + part * part * to.x,
    y: rest * rest * from.y + 2 * rest * part * middle.y + part * part * to.y,
  };
}

const TAIL = 0.35;

function paintLeg({ context, tokens }: Painter, leg: MovingLeg, from: Box | null, to: Box | null): void {
  if (from === null || to === null) return;
  const start = centreOf(from);
  const end = centreOf(to);
  const at = pointOn(start, end, leg.progress);
  const colour = colourOf(tokens, leg.hue);
  const tail = leg.look === 'line' ? 0 : Math.max(0, leg.progress - TAIL);
  context.save();
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = leg.look === 'block' ? 2 : 1.5;
  context.globalAlpha = 0.55;
  context.setLineDash(leg.look === 'block' ? [4, 4] : []);
  context.beginPath();
  for (let step = 0; step <= 16; step++) {
    const point = pointOn(start, end, tail + ((leg.progress - tail) * step) / 16);
    context.lineTo(point.x, point.y);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
  if (leg.look === 'block') paintBlock(context, at, from, to, leg, tokens);
  else paintHead(context, at, leg, tokens);
  context.restore();
}

/** A block of data keeps the shape of a cell as it flies. */
function paintBlock(
  context: CanvasRenderingContext2D,
  at: Spot,
  from: Box,
  to: Box,
  leg: MovingLeg,
  tokens: Tokens,
): void {
  const width = Math.max(9, from.width + (to.width - from.width) * leg.progress);
  const height = Math.max(9, from.height + (to.height - from.height) * leg.progress);
  context.beginPath();
  context.roundRect(at.x - width / 2, at.y - height / 2, width, height, 3);
  context.fill();
  context.strokeStyle = tokens.ground;
  context.lineWidth = 1.5;
  context.stroke();
}

/** A packet is a disc, an acknowledgement a small open one, a key a diamond. */
function paintHead(context: CanvasRenderingContext2D, at: Spot, leg: MovingLeg, tokens: Tokens): void {
  const size = leg.look === 'packet' ? 5.5 : leg.look === 'key' ? 5 : 3.5;
  context.beginPath();
  if (leg.look === 'key') {
    context.moveTo(at.x, at.y - size);
    context.lineTo(at.x + size, at.y);
    context.lineTo(at.x, at.y + size);
    context.lineTo(at.x - size, at.y);
    context.closePath();
  } else context.arc(at.x, at.y, size, 0, 2 * Math.PI);
  if (leg.look === 'ack') {
    context.fillStyle = tokens.ground;
    context.fill();
    context.stroke();
    return;
  }
  context.fill();
  context.strokeStyle = tokens.ground;
  context.stroke();
}

function paintFlash({ context, tokens }: Painter, flash: LitFlash, box: Box | null): void {
  if (box === null) return;
  const fade = Math.sin(Math.PI * Math.min(1, flash.progress));
  context.save();
  context.strokeStyle = colourOf(tokens, flash.hue);
  context.globalAlpha = 0.25 + 0.75 * fade;
  context.lineWidth = 2;
  context.beginPath();
  flashPath(context, flash.look, box, fade);
  context.stroke();
  context.restore();
}

function flashPath(context: CanvasRenderingContext2D, look: LitFlash['look'], box: Box, fade: number): void {
  const { x, y, width, height } = box;
  if (look === 'ring') {
    const grow = Math.min(2, width / 8) * (1 + fade);
    context.roundRect(x - grow, y - grow, width + 2 * grow, height + 2 * grow, Math.min(6, width / 3 + 2));
  } else if (look === 'cross') {
    context.moveTo(x, y);
    context.lineTo(x + width, y + height);
    context.moveTo(x + width, y);
    context.lineTo(x, y + height);
  } else if (look === 'corner') {
    const cut = Math.min(9, width / 2, height / 2);
    context.moveTo(x + width - cut, y);
    context.lineTo(x + width, y + cut);
    context.lineTo(x + width, y + height);
    context.lineTo(x, y + height);
    context.lineTo(x, y);
    context.closePath();
  } else {
    context.moveTo(x - 16, y + height / 2 + 6);
    context.lineTo(x - 4, y + height / 2 - 6);
  }
}

function paintDot({ context, tokens }: Painter, leg: MovingLeg, from: Box | null, to: Box | null): void {
  if (from === null || to === null) return;
  const at = pointOn(centreOf(from), centreOf(to), leg.progress);
  const size = leg.look === 'ack' ? 2 : leg.look === 'block' ? 5 : 3;
  context.fillStyle = colourOf(tokens, leg.hue);
  context.fillRect(at.x - size / 2, at.y - size / 2, size, size);
}

/** How many of the crowd are over. */
function paintCount({ context, tokens, crowdText }: Painter, frame: MotionFrame, places: Places): void {
  const box = frame.countAt === null ? null : places(frame.countAt);
  if (box === null) return;
  const text = crowdText(frame.done, frame.total);
  const size = 13;
  context.save();
  context.font = `600 ${size}px ${tokens.fontSans}`;
  context.textBaseline = 'middle';
  const width = context.measureText(text).width + 18;
  const x = Math.min(box.x, window.innerWidth - width - 8);
  const y = Math.max(6, box.y - 34);
  context.fillStyle = tokens.panel;
  context.strokeStyle = tokens.line;
  context.beginPath();
  context.roundRect(x, y, width, 24, 12);
  context.fill();
  context.stroke();
  context.fillStyle = tokens.ink;
  context.fillText(text, x + 9, y + 12.5);
  context.restore();
}
