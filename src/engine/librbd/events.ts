import type { EngineEvent } from '../base/events.ts';
import type { ImageCtx } from './image-ctx.ts';

type RbdEvent = Extract<EngineEvent, { imageId: string }>;
/** An event of an image, without what the image itself tells. */
type Told<E> = E extends RbdEvent ? Omit<E, 'pool' | 'image' | 'imageId'> : never;

/** Tells what happened to an image. */
export function emitImage(image: ImageCtx, event: Told<RbdEvent>): void {
  const { io, name, id } = image;
  if (!io.rados.port.isTraced()) return;
  // The parts left out of Told<E> are put back here, for each of the events alike.
  io.rados.port.emit({ ...event, pool: io.poolId, image: name, imageId: id } as RbdEvent);
}

/** False where nobody hears events. */
export function isTraced(image: ImageCtx): boolean {
  return image.io.rados.port.isTraced();
}

/** An image or snapshot as the tools write it: `pool/image@snap`, with the namespace where there is one. */
export function imageSpec(image: ImageCtx): string {
  const { io, name, snap } = image;
  const pool = io.rados.findPool(io.poolId)?.name ?? String(io.poolId);
  const nspace = io.nspace === '' ? '' : `${io.nspace}/`;
  return `${pool}/${nspace}${name}${snap === undefined ? '' : `@${snap.name}`}`;
}
