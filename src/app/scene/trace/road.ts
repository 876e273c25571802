import type { OpTrace, TracedMember } from '../../../engine/base/op-trace.ts';

/** A station of the road. */
export interface RoadBox {
  readonly kind: 'client' | 'pg' | 'osd';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of OSDs. */
  readonly member: TracedMember | null;
}

/** A stretch of the road in one direction; `bytes` is 0 where only words go. */
export interface RoadArrow {
  readonly path: string;
  readonly bytes: number;
  readonly back: boolean;
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' };
}

/** What an OSD did by itself; drawn under the first one. */
export interface RoadNote {
  readonly kind: 'clone' | 'stripes' | 'decoded';
  readonly x: number;
  readonly y: number;
}

export interface Road {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly RoadBox[];
  readonly arrows: readonly RoadArrow[];
  readonly notes: readonly RoadNote[];
}

/** From so wide on the road runs across, below it down. */
const ACROSS = 560;
const BOX = { client: 122, pg: 122, osd: 158, height: 66 } as const;
const ROW_GAP = 16;
const NOTE_HEIGHT = 24;
/** A stretch of the road that runs down, and how far in those stand that the first OSD talks to. */
const DOWN_GAP = 44;
const INDENT = 104;
/** Between there and back. */
const LANE = 7;
/** From a station to where a stretch begins, and to where it ends: there its head begins. */
const OFF = 4;
const TIP = 13;
/** The last part of a stretch to an OSD runs straight, and bears the label. */
const STRAIGHT = 62;

/** Where everything stands on the road of an operation, in so much room. */
export function roadOf(trace: OpTrace, width: number): Road {
  return width >= ACROSS ? roadAcross(trace, width) : roadDown(trace, width);
}

/** Bytes that come back to the client, and those that go there; null where no client asked. */
function clientBytes({ cause, sentBytes, answeredBytes }: OpTrace): readonly [there: number, back: number] | null {
  return cause === 'client' ? [sentBytes, answeredBytes] : null;
}

function notesOf({ clone, stripes, decoded }: OpTrace): RoadNote['kind'][] {
  const notes: RoadNote['kind'][] = [];
  if (stripes !== null && stripes.readBytes > 0) notes.push('stripes');
  if (decoded.length > 0) notes.push('decoded');
  if (clone !== null) notes.push('clone');
  return notes;
}

function roadAcross(trace: OpTrace, width: number): Road {
  const [first, ...others] = trace.members;
  const asked = clientBytes(trace);
  const kinds = notesOf(trace);
  const widths = [...(asked === null ? [] : [BOX.client]), BOX.pg, BOX.osd, ...(others.length > 0 ? [BOX.osd] : [])];
  const used = widths.reduce((sum, each) => sum + each, 0);
  const gap = Math.min(150, (width - 2 - used) / Math.max(1, widths.length - 1));
  const rows = Math.max(1, others.length);
  const below = kinds.length * NOTE_HEIGHT;
  const rowsHeight = rows * BOX.height + (rows - 1) * ROW_GAP;
  const height = Math.max(rowsHeight, BOX.height + 2 * below) + 4;
  const middle = height / 2;
  let x = 1;
  const station = (kind: RoadBox['kind'], member: TracedMember | null): RoadBox => {
    const box = { kind, x, y: middle - BOX.height / 2, width: BOX[kind], height: BOX.height, member };
    x += box.width + gap;
    return box;
  };
  const client = asked === null ? null : station('client', null);
  const pg = station('pg', null);
  const hub = first === undefined ? null : station('osd', first);
  const top = middle - rowsHeight / 2;
  const boxes = others.map((member, row): RoadBox => {
    const y = top + row * (BOX.height + ROW_GAP);
    return { kind: 'osd', x, y, width: BOX.osd, height: BOX.height, member };
  });
  const [there, back] = asked ?? [0, 0];
  const arrows = [
    ...(client === null ? [] : pairAcross(client, pg, there, back)),
    ...(hub === null || client === null ? [] : pairAcross(pg, hub, there, back)),
    ...(hub === null || client !== null ? [] : pairAcross(pg, hub, 0, 0).slice(0, 1)),
    ...(hub === null ? [] : boxes.flatMap((box) => fan(hub, box))),
  ];
  const notes = kinds.map((kind, at) => ({
    kind,
    x: hub?.x ?? 0,
    y: middle + BOX.height / 2 + 6 + at * NOTE_HEIGHT,
  }));
  const all = [...(client === null ? [] : [client]), pg, ...(hub === null ? [] : [hub]), ...boxes];
  return { width, height, boxes: all, arrows, notes };
}

/** There above, back below. */
function pairAcross(from: RoadBox, to: RoadBox, there: number, back: number): RoadArrow[] {
  const y = from.y + from.height / 2;
  const [left, right] = [from.x + from.width, to.x];
  const label = (dy: number) => ({ x: (left + right) / 2, y: y + dy, anchor: 'middle' as const });
  return [
    { path: `M${left + OFF} ${y - LANE}H${right - TIP}`, bytes: there, back: false, label: label(-LANE - 6) },
    { path: `M${right - OFF} ${y + LANE}H${left + TIP}`, bytes: back, back: true, label: label(LANE + 15) },
  ];
}

/** From the first OSD to one of the others, which stand below each other. */
function fan(hub: RoadBox, box: RoadBox): RoadArrow[] {
  const [x0, x1] = [hub.x + hub.width, box.x];
  const [y0, y1] = [hub.y + hub.height / 2, box.y + box.height / 2];
  const turn = Math.max(x0 + (x1 - x0) * 0.35, x1 - STRAIGHT);
  const bend = (x0 + turn) / 2;
  const curve = (dy: number, back: boolean) =>
    back
      ? `M${x1 - OFF} ${y1 + dy}H${turn}C${bend} ${y1 + dy} ${bend} ${y0 + dy} ${x0 + TIP} ${y0 + dy}`
      : `M${x0 + OFF} ${y0 + dy}C${bend} ${y0 + dy} ${bend} ${y1 + dy} ${turn} ${y1 + dy}H${x1 - TIP}`;
  const label = (dy: number) => ({ x: (turn + x1) / 2, y: y1 + dy, anchor: 'middle' as const });
  const { receivedBytes = 0, sentBytes = 0 } = box.member ?? {};
  return [
    { path: curve(-LANE, false), bytes: receivedBytes, back: false, label: label(-LANE - 6) },
    { path: curve(LANE, true), bytes: sentBytes, back: true, label: label(LANE + 15) },
  ];
}

function roadDown(trace: OpTrace, width: number): Road {
  const [first, ...others] = trace.members;
  const asked = clientBytes(trace);
  const kinds = notesOf(trace);
  const boxWidth = Math.min(width - 2, 240);
  const boxes: RoadBox[] = [];
  const arrows: RoadArrow[] = [];
  let y = 1;
  const station = (kind: RoadBox['kind'], member: TracedMember | null): RoadBox => {
    const box = { kind, x: 1, y, width: boxWidth, height: BOX.height, member };
    boxes.push(box);
    y += box.height;
    return box;
  };
  const stretch = (there: number, back: number): void => {
    arrows.push(...pairDown(boxWidth / 2, y, there, back));
    y += DOWN_GAP;
  };
  if (asked !== null) {
    station('client', null);
    stretch(asked[0], asked[1]);
  }
  station('pg', null);
  const [there, back] = asked ?? [0, 0];
  if (first === undefined) return { width, height: y + 1, boxes, arrows, notes: [] };
  stretch(there, back);
  const hub = station('osd', first);
  const notes = kinds.map((kind, at) => ({ kind, x: INDENT - 60, y: y + 6 + at * NOTE_HEIGHT }));
  y += kinds.length * NOTE_HEIGHT + ROW_GAP;
  for (const member of others) {
    const box: RoadBox = { kind: 'osd', x: INDENT, y, width: width - INDENT - 1, height: BOX.height, member };
    boxes.push(box);
    arrows.push(...branch(hub, box));
    y += BOX.height + ROW_GAP;
  }
  return { width, height: y, boxes, arrows, notes };
}

function pairDown(x: number, top: number, there: number, back: number): RoadArrow[] {
  const [bottom, y] = [top + DOWN_GAP, top + DOWN_GAP / 2 + 4];
  const [left, right] = [
    { x: x - LANE - 8, y, anchor: 'end' as const },
    { x: x + LANE + 8, y, anchor: 'start' as const },
  ];
  return [
    { path: `M${x - LANE} ${top + OFF}V${bottom - TIP}`, bytes: there, back: false, label: left },
    { path: `M${x + LANE} ${bottom - OFF}V${top + TIP}`, bytes: back, back: true, label: right },
  ];
}

/** Down along the first OSD's left side, then to the right. */
function branch(hub: RoadBox, box: RoadBox): RoadArrow[] {
  const [top, right, y] = [hub.y + hub.height, box.x, box.y + box.height / 2];
  const { receivedBytes = 0, sentBytes = 0 } = box.member ?? {};
  const [there, back] = [18 + LANE, 18 - LANE];
  const label = (dy: number) => ({ x: right - 8, y: y + dy, anchor: 'end' as const });
  return [
    {
      path: `M${there} ${top + OFF}V${y - LANE}H${right - TIP}`,
      bytes: receivedBytes,
      back: false,
      label: label(-LANE - 6),
    },
    { path: `M${right - OFF} ${y + LANE}H${back}V${top + TIP}`, bytes: sentBytes, back: true, label: label(LANE + 15) },
  ];
}

/** How thick a stretch is drawn: by orders of magnitude. */
export function strokeOf(bytes: number): number {
  return bytes <= 0 ? 1 : Math.min(4.5, 1.5 + Math.max(0, Math.log2(bytes / 512)) / 5);
}
