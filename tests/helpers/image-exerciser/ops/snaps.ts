import { createSnap } from '../../../../src/engine/librbd/operation/snap-create.ts';
import { protectSnap } from '../../../../src/engine/librbd/operation/snap-protect.ts';
import { removeSnap } from '../../../../src/engine/librbd/operation/snap-remove.ts';
import { rollbackSnap } from '../../../../src/engine/librbd/operation/snap-rollback.ts';
import { unprotectSnap } from '../../../../src/engine/librbd/operation/snap-unprotect.ts';
import { childrenOf, clonesOf, forgetTrashed, type ModelImage, type ModelSnap, roughenMap } from '../model.ts';
import type { Step, World } from '../world.ts';

const MOST_SNAPS = 5;

export function snapOf({ snaps }: ModelImage, choice: number): ModelSnap | undefined {
  return snaps[choice % Math.max(1, snaps.length)];
}

export function snapCreate(world: World, image: ModelImage, step: Step): void {
  if (image.snaps.length >= MOST_SNAPS) {
    snapRemove(world, image, step);
    return;
  }
  const name = world.newName('s');
  world.run(createSnap(world.handle(image, step), name));
  image.snaps.push({ name, content: image.head, isProtected: false, isLinked: image.isLinked });
}

/** A protected one stays; one that clones of format 2 hang on is out of sight, and goes with the last of them. */
export function snapRemove(world: World, image: ModelImage, step: Step): void {
  const snap = snapOf(image, step.a);
  if (snap === undefined) return;
  const handle = world.handle(image, step);
  if (snap.isProtected) {
    world.refused('EBUSY', `removal of ${snap.name}`, removeSnap(handle, snap.name));
    return;
  }
  world.run(removeSnap(handle, snap.name));
  image.snaps = image.snaps.filter((each) => each !== snap);
  if (childrenOf(world.images, snap).length > 0) image.trashed.push(snap);
  forgetTrashed(world.images);
}

/** Of one that is protected already, the protection is taken away, if no clone of format 1 hangs on it. */
export function snapProtect(world: World, image: ModelImage, step: Step): void {
  const snap = snapOf(image, step.a);
  if (snap === undefined || image.kind.format === 1) return;
  const handle = world.handle(image, step);
  if (!snap.isProtected) world.run(protectSnap(handle, snap.name));
  else if (clonesOf(world.images, snap, 1).length > 0) {
    world.refused('EBUSY', `unprotect of ${snap.name}`, unprotectSnap(handle, snap.name));
    return;
  } else world.run(unprotectSnap(handle, snap.name));
  snap.isProtected = !snap.isProtected;
}

export function rollback(world: World, image: ModelImage, step: Step): void {
  const snap = snapOf(image, step.a);
  if (snap === undefined) return;
  world.run(rollbackSnap(world.handle(image, step), snap.name));
  image.head = snap.content;
  roughenMap(image);
}
