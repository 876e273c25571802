import type { Anchor } from '../geometry.ts';
import type { Flash, Hue, Leg } from './plan.ts';

const PROMPT: Anchor = { kind: 'prompt' };

/** The way of a write: prompt, cell, PG, primary, then all replicas at once, and their acknowledgements back. */
export function writeLegs(cell: Anchor | null, pgid: string, osds: readonly number[], hue: Hue): readonly Leg[] {
  const pg: Anchor = { kind: 'pg', pgid };
  const [first, ...replicas] = osds;
  const start =
    cell === null ? [leg(PROMPT, pg, 0, 0.34, hue)] : [leg(PROMPT, cell, 0, 0.2, hue), leg(cell, pg, 0.2, 0.38, hue)];
  if (first === undefined) return start;
  const primary = osdAnchor(first, pgid);
  return [
    ...start,
    leg(pg, primary, start.length === 1 ? 0.34 : 0.38, 0.54, hue),
    ...replicas.map((id) => leg(primary, osdAnchor(id, pgid), 0.54, 0.74, hue)),
    ...replicas.map((id) => ack(osdAnchor(id, pgid), primary, 0.74, 0.88)),
    ack(primary, cell ?? pg, 0.88, 1),
  ];
}

/** The way of a read: asked of the primary, answered to the prompt. */
export function readLegs(cell: Anchor | null, pgid: string, osds: readonly number[], hue: Hue): readonly Leg[] {
  const pg: Anchor = { kind: 'pg', pgid };
  const first = osds[0];
  if (first === undefined) return [];
  const primary = osdAnchor(first, pgid);
  return [ack(cell ?? pg, primary, 0, 0.45), leg(primary, cell ?? PROMPT, 0.45, 1, hue)];
}

export function osdAnchor(id: number, pgid: string): Anchor {
  return { kind: 'osd', id, pgid };
}

export function leg(from: Anchor, to: Anchor, start: number, end: number, hue: Hue, look: Leg['look'] = 'packet'): Leg {
  return { from, to, start, end, look, hue };
}

export function ack(from: Anchor, to: Anchor, start: number, end: number): Leg {
  return { from, to, start, end, look: 'ack', hue: 'pg-clean' };
}

/** Rings on the PG and on the OSDs of a write, as it reaches them. */
export function ringsOn(pgid: string, osds: readonly number[], hue: Hue): readonly Flash[] {
  return [
    ring({ kind: 'pg', pgid }, 0.36, 0.7, hue),
    ...osds.map((id, index) => ring(osdAnchor(id, pgid), index === 0 ? 0.52 : 0.72, 1, hue)),
  ];
}

export function ring(at: Anchor, start: number, end: number, hue: Hue): Flash {
  return { at, start, end, look: 'ring', hue };
}
