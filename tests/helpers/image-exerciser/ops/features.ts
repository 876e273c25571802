import { FEATURE } from '../../../../src/engine/codec/rbd-types.ts';
import { disableFeatures, enableFeatures } from '../../../../src/engine/librbd/operation/features-update.ts';
import { rebuildObjectMap } from '../../../../src/engine/librbd/operation/object-map-check.ts';
import { hasFeature, type ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';

const MAPS = FEATURE.OBJECT_MAP | FEATURE.FAST_DIFF;

/** Switches the object map or the journal off, or on; a new map is made anew from the objects. */
export function features(world: World, image: ModelImage, step: Step): void {
  if (!hasFeature(image, 'EXCLUSIVE_LOCK')) return;
  const bits = step.a % 3 === 0 ? FEATURE.JOURNALING : MAPS;
  // The map of a snapshot in the trash cannot be made anew: once it goes the next one would be flagged.
  if (bits === MAPS && image.trashed.length > 0) return;
  const handle = world.handle(image, step);
  if ((image.features & bits) !== 0) world.run(disableFeatures(handle, bits));
  else world.run(enableFeatures(handle, bits));
  image.features ^= bits;
  if (bits !== MAPS || !hasFeature(image, 'OBJECT_MAP')) return;
  image.isMapRough = false;
  world.run(rebuildObjectMap(handle));
  for (const snap of image.snaps) world.reading(image, snap, (open) => rebuildObjectMap(open));
}
