import type { EngineEvent, TimedEvent } from '../../../engine/base/events.ts';
import { bytesText } from '../units.ts';
import { imageMoves } from './image-moves.ts';
import { objectMoves } from './object-moves.ts';
import { objectRecovered, osdMoves, remapped } from './osd-moves.ts';
import type { Move } from './plan.ts';
import { ring } from './routes.ts';
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
    case 'osd/object-recovered':
      return [objectRecovered(event)];
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
