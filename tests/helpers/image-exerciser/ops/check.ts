import type { Data } from '../../../../src/engine/base/data.ts';
import type { Task } from '../../../../src/engine/base/task.ts';
import { bitAt } from '../../../../src/engine/codec/bit-vector.ts';
import { clsRbdObjectMap } from '../../../../src/engine/codec/cls-rbd-methods.ts';
import { OBJECT_STATE } from '../../../../src/engine/codec/rbd-types.ts';
import type { ImageCtx } from '../../../../src/engine/librbd/image-ctx.ts';
import { readImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { objectMapName } from '../../../../src/engine/librbd/object-names.ts';
import { findObjectStates } from '../../../../src/engine/librbd/operation/object-map-check.ts';
import { NO_PROGRESS } from '../../../../src/engine/librbd/progress.ts';
import { refreshIfStale } from '../../../../src/engine/librbd/refresh.ts';
import { type Content, firstDifference } from '../content.ts';
import { hasFeature, type ModelImage, type ModelSnap } from '../model.ts';
import { Difference, type Step, type World } from '../world.ts';

const { NONEXISTENT, EXISTS, EXISTS_CLEAN } = OBJECT_STATE;

/** All bytes of an image and of its snapshots, as the client with the image open reads them and as a new one does; its object maps. */
export function check(world: World, image: ModelImage, step: Step): void {
  const handle = world.handle(image, step);
  expectContent(image.name, image.head, world.run(all(handle)));
  for (const snap of [null, ...image.snaps]) {
    const name = `${image.name}${snap === null ? '' : `@${snap.name}`}`;
    expectContent(name, snap?.content ?? image.head, world.reading(image, snap, all));
    if (hasFeature(image, 'OBJECT_MAP')) expectMap(world, image, snap);
  }
}

/** What a client that is about to read learns first is how long the image is by now. */
function* all(open: ImageCtx): Task<Data> {
  yield* refreshIfStale(open);
  return yield* readImage(open, 0, open.size);
}

function expectContent(name: string, content: Content, data: Data): void {
  if (data.length !== content.size) throw new Difference(`${name} has ${data.length} bytes, not ${content.size}`);
  const at = firstDifference(content, 0, data);
  if (at !== null) throw new Difference(`${name}: byte ${at} is wrong`);
}

/** A map that is valid knows every object that is there, and every one that has changed since the snapshot before; it may know more. */
function expectMap(world: World, image: ModelImage, snap: ModelSnap | null): void {
  const [found, stored, flags] = world.reading(image, snap, function* (open) {
    const oid = objectMapName(open.id, snap === null ? undefined : open.snapId);
    const states = yield* findObjectStates(open, NO_PROGRESS);
    return [states, yield* open.io.exec(oid, clsRbdObjectMap.load, undefined), (open.snap ?? open.header).flags];
  });
  const what = `${image.name}@${snap?.name ?? ''}: the object map`;
  world.expect(flags === 0, `${what} is flagged ${flags}`);
  world.expect(stored.size >= found.size, `${what} has ${stored.size} objects of ${found.size}`);
  for (let no = 0; no < found.size; no++) {
    const [is, told] = [bitAt(found, no), bitAt(stored, no)];
    world.expect(is === NONEXISTENT || told !== NONEXISTENT, `${what} does not know object ${no}`);
    const isUnchanged = is !== EXISTS || told !== EXISTS_CLEAN || image.isMapRough;
    world.expect(isUnchanged, `${what} calls object ${no} unchanged`);
  }
}
