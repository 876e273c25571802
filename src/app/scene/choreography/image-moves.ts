import type { EngineEvent } from '../../../engine/base/events.ts';
import type { ImageView } from '../../../protocol/view.ts';
import type { Anchor } from '../geometry.ts';
import { answeringCell } from '../selection.ts';
import { bytesText } from '../units.ts';
import type { Move } from './plan.ts';
import { leg, ring } from './routes.ts';
import { holdOf, type StageStates } from './states.ts';

type ImageEvent = Extract<EngineEvent, { readonly imageId: string }>;

/** Moves of what librbd did with an image. */
export function imageMoves(event: EngineEvent, states: StageStates): readonly Move[] {
  switch (event.type) {
    case 'rbd/copied-up':
      return [copiedUp(event, event.objectNo, event.parent, event.bytes, states)];
    case 'rbd/read-from-parent':
      return [readThrough(event, event.objectNo, event.parent, event.depth, states)];
    case 'rbd/snap-created':
      return [told('snap-created', event, { snap: event.snap, id: event.snapId })];
    case 'rbd/snap-removed':
      return [told('snap-removed', event, { snap: event.snap, id: event.snapId })];
    case 'rbd/snap-rolled-back':
      return [told('snap-rolled-back', event, { snap: event.snap, id: event.snapId })];
    case 'rbd/image-created':
      return [told('image-created', event, { parent: event.parent ?? '' })];
    case 'rbd/image-removed':
      return [told('image-removed', event, {})];
    case 'rbd/image-resized':
      return [told('image-resized', event, { from: bytesText(event.from), to: bytesText(event.to) })];
    case 'rbd/detached-from-parent':
      return [detached(event, event.parent)];
    default:
      return [];
  }
}

function imageIn(states: StageStates, id: string): ImageView | undefined {
  return states.before.images.find((it) => it.id === id) ?? states.after.images.find((it) => it.id === id);
}

function nameOf(states: StageStates, event: ImageEvent): string {
  return imageIn(states, event.imageId)?.spec ?? event.image;
}

/** The cell of the ancestor that holds the bytes, as things stood before. */
function sourceCell(states: StageStates, event: ImageEvent, objectNo: number): Anchor | null {
  const image = imageIn(states, event.imageId);
  if (image === undefined) return null;
  const cell = answeringCell(states.before, image, null, objectNo);
  return cell === null ? null : { kind: 'cell', imageId: cell.imageId, snap: cell.snap, objectNo: cell.objectNo };
}

/** The block flies from the ancestor's cell into the clone's. */
function copiedUp(event: ImageEvent, objectNo: number, parent: string, bytes: number, states: StageStates): Move {
  const cell = { kind: 'cell', imageId: event.imageId, snap: null, objectNo } as const;
  const source = sourceCell(states, event, objectNo);
  return {
    kind: 'copy-up',
    ms: 600,
    legs: source === null ? [] : [leg(source, cell, 0, 0.85, 'copied-up', 'block')],
    flashes: [...(source === null ? [] : [ring(source, 0, 0.5, 'copied-up')]), ring(cell, 0.7, 1, 'copied-up')],
    holds: holdOf(states, cell, 0.85),
    values: { object: objectNo, size: bytesText(bytes), parent, image: nameOf(states, event) },
  };
}

/** A thin line climbs the lanes to the object that answers, and back. */
function readThrough(event: ImageEvent, objectNo: number, parent: string, depth: number, states: StageStates): Move {
  const cell: Anchor = { kind: 'cell', imageId: event.imageId, snap: null, objectNo };
  const source = sourceCell(states, event, objectNo);
  const legs =
    source === null
      ? []
      : [leg(cell, source, 0, 0.5, 'parent-edge', 'line'), leg(source, cell, 0.5, 1, 'parent-edge', 'line')];
  const values = { object: objectNo, parent, depth, image: nameOf(states, event) };
  const flashes = source === null ? [] : [ring(source, 0.4, 0.8, 'parent-edge')];
  return { kind: 'read-through', ms: 500, legs, flashes, holds: [], values };
}

function detached(event: ImageEvent, parent: string): Move {
  const at: Anchor = { kind: 'image', imageId: event.imageId };
  const flashes = [{ at, start: 0, end: 1, look: 'cut', hue: 'pg-down' } as const];
  const values = { image: event.image, parent };
  return { kind: 'detached', ms: 600, legs: [], flashes, holds: [], values, detaches: event.imageId };
}

function told(kind: Move['kind'], event: ImageEvent, values: Move['values']): Move {
  const flashes = [ring({ kind: 'image', imageId: event.imageId }, 0, 1, 'own')];
  return { kind, ms: 400, legs: [], flashes, holds: [], values: { ...values, image: event.image } };
}
