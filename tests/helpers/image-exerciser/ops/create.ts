import { createOldImage } from '../../../../src/engine/librbd/old-format/create.ts';
import { createImage } from '../../../../src/engine/librbd/operation/create.ts';
import { type Content, emptyContent } from '../content.ts';
import { type Kind, kindOf, sizeOf } from '../kinds.ts';
import type { ModelImage } from '../model.ts';
import { placeOf } from '../places.ts';
import type { Step, World } from '../world.ts';

export const MOST_IMAGES = 6;

export function create(world: World, _image: ModelImage, step: Step): void {
  if (world.images.length < MOST_IMAGES) createNew(world, step);
}

/** Images of format 1 lie outside of namespaces. */
export function createNew(world: World, { a, b }: Step): void {
  const kind = kindOf(a);
  const place = kind.format === 1 ? 0 : placeOf(b);
  const size = sizeOf(kind, b);
  const name = world.newName('i');
  // A client draws the same number for all that it makes; each command is a new one.
  if (kind.format === 1) world.run(createOldImage(world.machine.cluster.connect().ioCtx('p'), name, size, kind));
  else world.run(createImage(world.io(place), name, size, kind));
  world.images.push(newModel(name, place, kind, emptyContent(size)));
}

/** An image without past. */
export function newModel(name: string, place: number, kind: Kind, head: Content): ModelImage {
  const { features } = kind;
  return {
    name,
    place,
    kind,
    features,
    head,
    snaps: [],
    trashed: [],
    parent: null,
    isLinked: false,
    isMapRough: false,
  };
}
