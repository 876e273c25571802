import type { EngineEvent } from '../../../engine/base/events.ts';
import type { Anchor } from '../geometry.ts';
import { imageOfObject } from '../object-names.ts';
import { bytesText } from '../units.ts';
import type { Hue, Move } from './plan.ts';
import { leg, osdAnchor, readLegs, ring, ringsOn, writeLegs } from './routes.ts';
import { anchorOfObject, holdOf, type StageStates } from './states.ts';

type ObjectEvent = Extract<EngineEvent, { readonly oid: string; readonly osds: readonly number[] }>;

/** How long each takes at speed 1, in milliseconds. Metadata passes quickly: it is there, but it is not the point. */
const WRITE_MS = 600;
const COW_MS = 500;
const READ_MS = 420;
const META_MS = 220;

/** Moves of what happened to one object in the OSDs. */
export function objectMoves(event: EngineEvent, states: StageStates): readonly Move[] {
  switch (event.type) {
    case 'rados/object-written':
      return [written(event, event.bytes, states)];
    case 'rados/object-read':
      return [read(event, event.bytes, states)];
    case 'rados/object-cloned':
      return [cloned(event, event.clone, event.bytes, states)];
    case 'rados/object-removed':
      return [removed(event, states)];
    case 'rados/object-clone-trimmed':
      return [trimmed(event, event.clone, states)];
    case 'rados/omap-changed':
      return [omapChanged(event, event.set, event.removed, states)];
    default:
      return [];
  }
}

function valuesOf(event: ObjectEvent, states: StageStates): Readonly<Record<string, string | number>> {
  const found = imageOfObject(states.after.images, event.pool, event.oid);
  const osds = `[${event.osds.join(',')}]`;
  const common = { oid: event.oid, pgid: event.pgid, osds };
  if (found === null || found.objectNo === null) return { ...common, object: event.oid, image: event.oid };
  return { ...common, object: found.objectNo, image: found.image.spec };
}

function isMeta(at: Anchor | null): boolean {
  return at?.kind !== 'cell';
}

function written(event: ObjectEvent, bytes: number, states: StageStates): Move {
  const at = anchorOfObject(states, event.pool, event.oid, null);
  const hue: Hue = isMeta(at) ? 'quiet' : 'own';
  return {
    kind: isMeta(at) ? 'write-meta' : 'write',
    ms: isMeta(at) ? META_MS : WRITE_MS,
    legs: writeLegs(at, event.pgid, event.osds, hue),
    flashes: ringsOn(event.pgid, event.osds, hue),
    holds: holdOf(states, at, 0.2),
    values: { ...valuesOf(event, states), size: bytesText(bytes) },
  };
}

function read(event: ObjectEvent, bytes: number, states: StageStates): Move {
  const at = anchorOfObject(states, event.pool, event.oid, null);
  return {
    kind: isMeta(at) ? 'read-meta' : 'read',
    ms: isMeta(at) ? META_MS : READ_MS,
    legs: readLegs(at, event.pgid, event.osds, isMeta(at) ? 'quiet' : 'own'),
    flashes: event.osds.slice(0, 1).map((id) => ring(osdAnchor(id, event.pgid), 0.3, 0.7, 'own')),
    holds: [],
    values: { ...valuesOf(event, states), size: bytesText(bytes) },
  };
}

/** The old cell drops into the snapshot's lane before the new one lands. */
function cloned(event: ObjectEvent, clone: number, bytes: number, states: StageStates): Move {
  const head = anchorOfObject(states, event.pool, event.oid, null);
  const kept = anchorOfObject(states, event.pool, event.oid, clone);
  const cell = head?.kind === 'cell' && kept?.kind === 'cell';
  return {
    kind: 'cow',
    ms: cell ? COW_MS : META_MS,
    legs: cell ? [leg(head, kept, 0, 0.85, 'kept', 'block')] : [],
    flashes: event.osds.map((id) => ring(osdAnchor(id, event.pgid), 0.5, 1, 'kept')),
    holds: holdOf(states, kept, 0.85),
    values: { ...valuesOf(event, states), clone, size: bytesText(bytes) },
  };
}

function removed(event: ObjectEvent, states: StageStates): Move {
  const at = anchorOfObject(states, event.pool, event.oid, null);
  const cross = {
    at: at ?? ({ kind: 'pg', pgid: event.pgid } as const),
    start: 0.2,
    end: 1,
    look: 'cross',
    hue: 'quiet',
  } as const;
  return {
    kind: isMeta(at) ? 'remove-meta' : 'remove',
    ms: isMeta(at) ? META_MS : 400,
    legs: writeLegs(at, event.pgid, event.osds, 'quiet'),
    flashes: [cross],
    holds: holdOf(states, at, 0.6),
    values: valuesOf(event, states),
  };
}

function trimmed(event: ObjectEvent, clone: number, states: StageStates): Move {
  const at = anchorOfObject(states, event.pool, event.oid, clone);
  const flashes = event.osds.map(
    (id) => ({ at: osdAnchor(id, event.pgid), start: 0, end: 1, look: 'cross', hue: 'quiet' }) as const,
  );
  return {
    kind: 'trim',
    ms: 300,
    legs: [],
    flashes,
    holds: holdOf(states, at, 0.5),
    values: { ...valuesOf(event, states), clone },
  };
}

/** A key flies into the header: no cell moves, and that is the point. */
function omapChanged(event: ObjectEvent, set: readonly string[], gone: readonly string[], states: StageStates): Move {
  const at = anchorOfObject(states, event.pool, event.oid, null);
  const pg: Anchor = { kind: 'pg', pgid: event.pgid };
  const primary = event.osds[0];
  const first = leg(at === null ? { kind: 'prompt' } : at, pg, 0, 0.5, 'quiet', 'key');
  return {
    kind: 'omap',
    ms: META_MS + 80,
    legs: primary === undefined ? [first] : [first, leg(pg, osdAnchor(primary, event.pgid), 0.5, 1, 'quiet', 'key')],
    flashes: at?.kind === 'image' ? [ring(at, 0, 0.6, 'quiet')] : [],
    holds: [],
    values: { ...valuesOf(event, states), keys: listOf([...set, ...gone.map((key) => `-${key}`)]) },
  };
}

function listOf(keys: readonly string[]): string {
  const shown = keys.slice(0, 3).join(', ');
  return keys.length > 3 ? `${shown}, … (${keys.length})` : shown;
}
