import type { MapMoves } from '../../../protocol/maps.ts';

/** Copies from one group of OSDs to another. */
export interface GroupFlow {
  readonly from: string;
  readonly to: string;
  readonly copies: number;
  readonly bytes: number;
}

/** Flows by group, most copies first. `groupOf` names the host or rack of an OSD; -1 is a copy made anew. */
export function groupFlows(flows: MapMoves['flows'], groupOf: (osd: number) => string): readonly GroupFlow[] {
  const byKey = new Map<string, { from: string; to: string; copies: number; bytes: number }>();
  flows.from.forEach((from, at) => {
    const ends = { from: groupOf(from), to: groupOf(flows.to[at] ?? -1) };
    const key = `${ends.from}\n${ends.to}`;
    const found = byKey.get(key) ?? { ...ends, copies: 0, bytes: 0 };
    found.copies += flows.copies[at] ?? 0;
    found.bytes += flows.bytes[at] ?? 0;
    byKey.set(key, found);
  });
  return [...byKey.values()].sort((a, b) => b.copies - a.copies);
}

export interface FlowNode {
  readonly name: string;
  readonly side: 'from' | 'to';
  readonly copies: number;
  readonly y: number;
  readonly height: number;
  /** Groups in it: more than one where the smallest are drawn together. */
  readonly groups: number;
}

export interface FlowBand {
  readonly from: string;
  readonly to: string;
  readonly copies: number;
  /** Rank of its source, for the colour. */
  readonly hue: number;
  readonly path: string;
}

export interface FlowPicture {
  readonly nodes: readonly FlowNode[];
  readonly bands: readonly FlowBand[];
}

/** Room between groups, so that their names do not touch. */
const GAP = 14;
/** The name under which the smallest groups are drawn together. */
export const OTHERS = '\u2026';

/** A flow diagram: sources left, targets right, bands as thick as the copies that go between them. */
export function layoutFlows(
  flows: readonly GroupFlow[],
  size: { readonly width: number; readonly height: number },
  most: number,
): FlowPicture {
  const left = sideOf(flows, 'from', size.height, most);
  const right = sideOf(flows, 'to', size.height, most);
  const merged = mergeFlows(flows, left, right);
  const unit = unitOf([left, right], size.height);
  const at = { from: new Map<string, number>(), to: new Map<string, number>() };
  const nodes = [...stack(left, 'from', unit, size.height, at.from), ...stack(right, 'to', unit, size.height, at.to)];
  const order = [...left.keys()];
  const bands = merged.map((flow) => {
    const thick = flow.copies * unit;
    const y1 = take(at.from, flow.from, thick);
    const y2 = take(at.to, flow.to, thick);
    return { ...flow, hue: order.indexOf(flow.from), path: bandPath(size.width, y1, y2, thick) };
  });
  return { nodes, bands };
}

interface Group {
  copies: number;
  groups: number;
}

type Side = Map<string, Group>;

function sideOf(flows: readonly GroupFlow[], side: 'from' | 'to', height: number, most: number): Side {
  const sums = new Map<string, number>();
  for (const flow of flows) sums.set(flow[side], (sums.get(flow[side]) ?? 0) + flow.copies);
  const sorted = [...sums].sort((a, b) => b[1] - a[1]);
  const room = Math.max(2, Math.min(most, Math.floor(height / (GAP + 8))));
  const kept: Side = new Map();
  const single = sorted.length <= room ? sorted.length : room - 1;
  sorted.forEach(([name, copies], rank) => {
    const key = rank < single ? name : OTHERS;
    const group = kept.get(key) ?? { copies: 0, groups: 0 };
    group.copies += copies;
    group.groups += 1;
    kept.set(key, group);
  });
  return kept;
}

function mergeFlows(flows: readonly GroupFlow[], left: Side, right: Side): readonly GroupFlow[] {
  const byKey = new Map<string, { from: string; to: string; copies: number; bytes: number }>();
  for (const flow of flows) {
    const ends = { from: left.has(flow.from) ? flow.from : OTHERS, to: right.has(flow.to) ? flow.to : OTHERS };
    const key = `${ends.from}\n${ends.to}`;
    const found = byKey.get(key) ?? { ...ends, copies: 0, bytes: 0 };
    found.copies += flow.copies;
    found.bytes += flow.bytes;
    byKey.set(key, found);
  }
  const rank = (side: Side, name: string): number => [...side.keys()].indexOf(name);
  return [...byKey.values()].sort(
    (a, b) => rank(left, a.from) - rank(left, b.from) || rank(right, a.to) - rank(right, b.to),
  );
}

function unitOf(sides: readonly Side[], height: number): number {
  return Math.min(
    ...sides.map((side) => {
      const total = [...side.values()].reduce((sum, group) => sum + group.copies, 0);
      return total === 0 ? 0 : (height - GAP * (side.size - 1)) / total;
    }),
  );
}

function stack(side: Side, name: 'from' | 'to', unit: number, height: number, at: Map<string, number>): FlowNode[] {
  const used = [...side.values()].reduce((sum, { copies }) => sum + copies * unit, 0) + GAP * (side.size - 1);
  let y = Math.max(0, (height - used) / 2);
  return [...side].map(([group, { copies, groups }]) => {
    const node = { name: group, side: name, copies, groups, y, height: copies * unit };
    at.set(group, y);
    y += node.height + GAP;
    return node;
  });
}

function take(at: Map<string, number>, name: string, thick: number): number {
  const y = at.get(name) ?? 0;
  at.set(name, y + thick);
  return y;
}

function bandPath(width: number, y1: number, y2: number, thick: number): string {
  const mid = width / 2;
  const n = (value: number): string => value.toFixed(1);
  return (
    `M0 ${n(y1)}C${n(mid)} ${n(y1)} ${n(mid)} ${n(y2)} ${n(width)} ${n(y2)}L${n(width)} ${n(y2 + thick)}` +
    `C${n(mid)} ${n(y2 + thick)} ${n(mid)} ${n(y1 + thick)} 0 ${n(y1 + thick)}Z`
  );
}
