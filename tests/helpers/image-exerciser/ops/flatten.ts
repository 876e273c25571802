import { flattenImage } from '../../../../src/engine/librbd/operation/flatten.ts';
import { forgetTrashed, hasFeature, type ModelImage } from '../model.ts';
import type { Step, World } from '../world.ts';

/** Without deep-flatten the snapshots stay with the parent. */
export function flatten(world: World, image: ModelImage, step: Step): void {
  const handle = world.handle(image, step);
  if (!image.isLinked) {
    world.refused('EINVAL', `flatten of ${image.name}`, flattenImage(handle));
    return;
  }
  world.run(flattenImage(handle));
  image.isLinked = false;
  if (hasFeature(image, 'DEEP_FLATTEN')) {
    for (const snap of [...image.snaps, ...image.trashed]) snap.isLinked = false;
  }
  forgetTrashed(world.images);
}
