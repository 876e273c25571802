import type { MapRoomView } from '../../../protocol/maps.ts';
import { divergingRamp, isBright, mixHex, rampIndex } from '../../scene/maps/diverging.ts';
import { type ColourBy, type OsdColours, type OsdFacts, osdFacts } from '../../scene/maps/osd-marks.ts';
import { isOsdRow, type TreeIndex, typeOf } from '../../scene/maps/tree-index.ts';
import { boxOf, type Rect, type TreeMapLayout } from '../../scene/maps/tree-map.ts';
import type { Tokens } from '../stage/use-tokens.ts';

export interface TreePicture {
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
  readonly index: TreeIndex;
  readonly layout: TreeMapLayout;
  readonly colours: OsdColours;
  readonly by: ColourBy;
  readonly tokens: Tokens;
  readonly scale: number;
}

/** The grey between too few and too many: solid, and neither hue. */
export function middleOf(tokens: Tokens): string {
  return mixHex(tokens.panel, tokens.quiet, 0.3);
}

/** Draws buckets as frames with their names, and OSDs as boxes whose colour tells their PGs. */
export function paintTree(context: CanvasRenderingContext2D, picture: TreePicture): void {
  const { index, layout, tokens } = picture;
  const ramp = divergingRamp({ under: tokens.own, middle: middleOf(tokens), over: tokens.kept });
  for (const row of layout.shown) {
    const box = boxOf(layout, row);
    if (isOsdRow(index, row)) paintOsd(context, picture, ramp, row, box);
    else paintBucket(context, picture, row, box);
  }
}

function paintBucket(context: CanvasRenderingContext2D, picture: TreePicture, row: number, box: Rect): void {
  const { index, layout, tokens } = picture;
  const { x, y, width, height } = snapped(box);
  const depth = index.tree.depths[row] ?? 0;
  context.fillStyle = depth % 2 === 0 ? tokens.ground : tokens.panel;
  context.fillRect(x, y, width, height);
  if (width < 6 || height < 6) return;
  context.strokeStyle = tokens.line;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  if ((layout.heads[row] ?? 0) > 0) paintName(context, picture, row, { x, y, width, height });
}

function paintName(context: CanvasRenderingContext2D, picture: TreePicture, row: number, box: Rect): void {
  const { index, tokens, scale } = picture;
  const name = index.tree.names[row] ?? '';
  const type = typeOf(index, row);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const y = box.y + 9 * scale;
  const x = box.x + 6;
  const room = box.width - 10;
  context.font = `${11 * scale}px ${tokens.fontSans}`;
  const typeWidth = context.measureText(`${type} `).width;
  context.font = `600 ${11 * scale}px ${tokens.fontMono}`;
  const nameWidth = context.measureText(name).width;
  const withType = typeWidth + nameWidth <= room && !name.startsWith(type);
  context.fillStyle = tokens.ink;
  context.fillText(cut(context, name, withType ? room - typeWidth : room), withType ? x + typeWidth : x, y);
  if (!withType) return;
  context.font = `${11 * scale}px ${tokens.fontSans}`;
  context.fillStyle = tokens.quiet;
  context.fillText(type, x, y);
}

function cut(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > room) end -= 1;
  return `${text.slice(0, end)}…`;
}

function paintOsd(
  context: CanvasRenderingContext2D,
  picture: TreePicture,
  ramp: readonly string[],
  row: number,
  outer: Rect,
): void {
  const { index, room, brought, colours, by, tokens } = picture;
  const osd = index.tree.ids[row] ?? 0;
  const facts = osdFacts(brought.osds, room.osds, osd, by);
  const value = colours.values[osd] ?? Number.NaN;
  const fill = Number.isNaN(value) ? middleOf(tokens) : (ramp[rampIndex(value, colours.end)] ?? tokens.line);
  const box = gapped(outer);
  const edge = by === 'change' && facts.change !== 0 ? fill : tokens.quiet;
  const ground = paintMark(context, facts, box, { fill, edge }, tokens);
  if (facts.added) paintAdded(context, box, tokens);
  if (box.width >= 26 && box.height >= 15) paintFacts(context, picture, osd, facts, value, box, ground);
}

/** Solid, hollow, crossed, gone with a trace; gives the colour that text stands on. Orange means one thing here: too many. */
function paintMark(
  context: CanvasRenderingContext2D,
  facts: OsdFacts,
  { x, y, width, height }: Rect,
  { fill, edge }: { readonly fill: string; readonly edge: string },
  tokens: Tokens,
): string {
  if (facts.mark === 'in' || (facts.mark === 'down' && facts.pgs > 0)) {
    context.fillStyle = fill;
    context.fillRect(x, y, width, height);
  }
  if (facts.mark === 'in') return fill;
  const colour = { out: edge, down: tokens.pgDown, destroyed: tokens.quiet }[facts.mark];
  context.strokeStyle = colour;
  context.lineWidth = width > 18 ? 1.5 : 1;
  context.setLineDash(facts.mark === 'destroyed' ? [3, 3] : []);
  context.strokeRect(x + 0.75, y + 0.75, Math.max(1, width - 1.5), Math.max(1, height - 1.5));
  context.setLineDash([]);
  if (facts.mark === 'down') cross(context, { x, y, width, height });
  return tokens.panel;
}

function cross(context: CanvasRenderingContext2D, { x, y, width, height }: Rect): void {
  const inset = Math.min(3, width / 5);
  context.beginPath();
  context.moveTo(x + inset, y + inset);
  context.lineTo(x + width - inset, y + height - inset);
  context.moveTo(x + width - inset, y + inset);
  context.lineTo(x + inset, y + height - inset);
  context.stroke();
}

function paintAdded(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, tokens: Tokens): void {
  context.strokeStyle = tokens.pgClean;
  context.lineWidth = width > 12 ? 2 : 1;
  context.setLineDash(width > 12 ? [4, 3] : []);
  context.strokeRect(x + 1, y + 1, Math.max(1, width - 2), Math.max(1, height - 2));
  context.setLineDash([]);
}

function paintFacts(
  context: CanvasRenderingContext2D,
  { tokens, by, scale }: TreePicture,
  osd: number,
  facts: OsdFacts,
  value: number,
  { x, y, width, height }: Rect,
  ground: string,
): void {
  const bright = isBright(ground);
  context.fillStyle = bright ? '#0f1419' : '#ffffff';
  if (ground === tokens.panel) context.fillStyle = tokens.ink;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const roomy = width >= 54 * scale && height >= 34 * scale;
  context.font = `600 ${(roomy ? 12 : 10.5) * scale}px ${tokens.fontMono}`;
  const name = width >= 44 * scale ? `osd.${osd}` : String(osd);
  const line = roomy ? y + 12 * scale : y + height / 2;
  if (context.measureText(name).width <= width - 6) context.fillText(name, x + 5, line);
  if (!roomy) return;
  context.font = `${11 * scale}px ${tokens.fontSans}`;
  const told = by === 'change' ? signed(facts.change) : `${facts.pgs}`;
  const plain = by === 'change' || facts.mark !== 'in' || Number.isNaN(value);
  const text = plain ? told : `${told} · ${percentText(value)}`;
  context.fillText(context.measureText(text).width <= width - 8 ? text : told, x + 5, line + 15 * scale);
}

/** `+12%`, `−3%`, `±0%`. */
export function percentText(value: number): string {
  const percent = Math.round(value * 100);
  return percent === 0 ? '±0%' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)}%`;
}

/** `+12`, `−3`, `±0`. */
export function signed(value: number): string {
  return value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${Math.abs(value).toLocaleString('en')}`;
}

function snapped({ x, y, width, height }: Rect): Rect {
  const left = Math.round(x);
  const top = Math.round(y);
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** A gap between neighbours where there is room for one. */
function gapped(box: Rect): Rect {
  const { x, y, width, height } = snapped(box);
  const gap = Math.min(width, height) > 24 ? 2 : Math.min(width, height) > 3 ? 1 : 0;
  const [left, top] = [Math.floor(gap / 2), Math.floor(gap / 2)];
  return { x: x + left, y: y + top, width: Math.max(1, width - gap), height: Math.max(1, height - gap) };
}
