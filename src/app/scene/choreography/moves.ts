import type { EngineEvent, TimedEvent } from '../../../engine/base/events.ts';
import type { Anchor } from '../geometry.ts';
import { bytesText } from '../units.ts';
import { imageMoves } from './image-moves.ts';
import { objectMoves } from './object-moves.ts';
import type { Move } from './plan.ts';
import { leg, osdAnchor, ring } from './routes.ts';
import type { StageStates } from './states.ts';

/** Turns what happened into moves, in the order in which it happened. Events that change nothing to see give none. */
export function movesOf(events: readonly TimedEvent[], states: StageStates): readonly Move[] {
  const held = new Set<string>();
  const moves = events.flatMap((timed) => movesOfEvent(timed.event, states));
  return [...osdMoves(states), ...moves].map((move) => ({ ...move, holds: firstHolds(move, held) }));
}

/** Of several moves on one cell only the first uncovers it. */
function firstHolds(move: Move, held: Set<string>): Move['holds'] {
  return move.holds.filter(({ at }) => {
    const key = `${at.imageId}@${at.snap}#${at.objectNo}`;
    if (held.has(key)) return false;
    held.add(key);
    return true;
  });
}

function movesOfEvent(event: EngineEvent, states: StageStates): readonly Move[] {
  if (event.type.startsWith('rados/')) return objectMoves(event, states);
  if (event.type.startsWith('rbd/')) return imageMoves(event, states);
  return clusterMoves(event);
}

function clusterMoves(event: EngineEvent): readonly Move[] {
  switch (event.type) {
    case 'osd/pg-remapped':
      return [remapped(event.pgid, event.from, event.to)];
    case 'osd/pg-recovered':
      return [recovered(event.pgid, event.objects, event.bytes)];
    case 'mon/pool-created':
      return [plain('pool-created', { pool: event.name })];
    case 'mon/pool-removed':
      return [plain('pool-removed', { pool: event.name })];
    case 'mon/osdmap-published':
      return [plain('map-published', { epoch: event.epoch, summary: event.summary })];
    default:
      return [];
  }
}

function remapped(pgid: string, from: readonly number[], to: readonly number[]): Move {
  const source = to.find((id) => from.includes(id)) ?? from[0];
  const gained = to.filter((id) => !from.includes(id) && id >= 0);
  const lost = from.filter((id) => !to.includes(id) && id >= 0);
  const legs =
    source === undefined
      ? []
      : gained.map((id) => leg(osdAnchor(source, pgid), osdAnchor(id, pgid), 0.3, 1, 'pg-moving', 'block'));
  const flashes = [
    ring({ kind: 'pg', pgid }, 0, 1, 'pg-moving'),
    ...lost.map((id) => ({ at: osdAnchor(id, pgid), start: 0, end: 0.5, look: 'cross', hue: 'pg-down' }) as const),
    ...gained.map((id) => ring(osdAnchor(id, pgid), 0.6, 1, 'pg-moving')),
  ];
  const values = { pgid, from: `[${from.join(',')}]`, to: `[${to.join(',')}]` };
  return { kind: 'pg-remapped', ms: 600, legs, flashes, holds: [], values };
}

function recovered(pgid: string, objects: number, bytes: number): Move {
  const flashes = [ring({ kind: 'pg', pgid }, 0, 1, 'pg-clean')];
  return {
    kind: 'pg-recovered',
    ms: 500,
    legs: [],
    flashes,
    holds: [],
    values: { pgid, objects, size: bytesText(bytes) },
  };
}

function plain(kind: Move['kind'], values: Move['values']): Move {
  return { kind, ms: 300, legs: [], flashes: [], holds: [], values };
}

/** OSDs that died or came back between the two states; the events do not tell it by themselves. */
function osdMoves({ before, after }: StageStates): readonly Move[] {
  if (before.osds === after.osds) return [];
  return after.osds.flatMap((osd) => {
    const was = before.osds.find((it) => it.id === osd.id);
    if (was === undefined || was.up === osd.up) return [];
    const at: Anchor = { kind: 'osd', id: osd.id };
    const pgs = before.pgs.filter((pg) => pg.acting.includes(osd.id)).slice(0, 64);
    const peers = pgs.map((pg) => ring({ kind: 'pg', pgid: pg.pgid }, 0.35, 1, osd.up ? 'pg-clean' : 'pg-degraded'));
    const flash = osd.up
      ? ring(at, 0, 1, 'pg-clean')
      : ({ at, start: 0, end: 1, look: 'cross', hue: 'pg-down' } as const);
    const values = { osd: osd.id, pgs: pgs.length };
    return [{ kind: osd.up ? 'osd-up' : 'osd-down', ms: 800, legs: [], flashes: [flash, ...peers], holds: [], values }];
  });
}
