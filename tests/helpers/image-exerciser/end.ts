import { removeImage } from '../../../src/engine/librbd/operation/remove.ts';
import { removeSnap } from '../../../src/engine/librbd/operation/snap-remove.ts';
import { unprotectSnap } from '../../../src/engine/librbd/operation/snap-unprotect.ts';
import { poolObjects } from '../cluster-checks.ts';
import { childrenOf, forgetTrashed, type ModelImage } from './model.ts';
import { check } from './ops/check.ts';
import type { World } from './world.ts';

const STEP = { op: 'end', image: 0, a: 0, b: 0, client: 0 } as const;
/** What a pool has without any image. */
const OF_POOL = /^rbd_(directory|info|children|trash|namespace)$/;

/** All images are looked at once more, then removed, clones before their parents; nothing is left of them. */
export function endOf(world: World): void {
  for (const image of world.images) check(world, image, STEP);
  while (world.images.length > 0) removeOne(world);
  world.run(world.machine.cluster.settle());
  const { pools } = world.machine.cluster.monitor.map();
  const left = [...pools.keys()].flatMap((pool) => imageObjects(world, pool));
  world.expect(left.length === 0, `left behind: ${left.join(' ')}`);
}

function imageObjects({ machine: { cluster } }: World, pool: number): string[] {
  const name = cluster.monitor.map().pools.get(pool)?.name ?? '';
  if (name.startsWith('.')) return [];
  return poolObjects(cluster, pool)
    .map(({ hoid }) => hoid.oid)
    .filter((oid) => !OF_POOL.test(oid));
}

function removeOne(world: World): void {
  const image = world.images.find((each) => hasNoClones(world, each));
  if (image === undefined) throw new Error('all images have clones');
  const handle = world.handle(image, STEP);
  for (const { name, isProtected } of image.snaps) {
    if (isProtected) world.run(unprotectSnap(handle, name));
    world.run(removeSnap(handle, name));
  }
  world.close(image);
  world.run(removeImage(world.io(image.place), { name: image.name }));
  world.images.splice(world.images.indexOf(image), 1);
  forgetTrashed(world.images);
}

function hasNoClones({ images }: World, { snaps, trashed }: ModelImage): boolean {
  return [...snaps, ...trashed].every((snap) => childrenOf(images, snap).length === 0);
}
