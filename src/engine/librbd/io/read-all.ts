import { type Data, NO_DATA, sliceData } from '../../base/data.ts';
import type { Task } from '../../base/task.ts';
import { readStretches } from '../../librados/at-once.ts';
import { emitImage, imageSpec, isTraced } from '../events.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { asRead, joinedParts, readExtents, readOp } from './object-read.ts';
import { inParent } from './parent-extents.ts';
import { type ImageExtent, imageToObjects, type ObjectExtent, objectToImage } from './striper.ts';

/**
 * Reads as {@link readExtents} does, once for each group of stretches, with requests for all of their objects beside each
 * other; the stretches of a group are in order. Encrypted images and those that stand for a file are read one group after
 * the other.
 */
export function* readAll(
  image: ImageCtx,
  groups: readonly (readonly ImageExtent[])[],
  depth = 0,
): Task<readonly Data[]> {
  if (image.foreign !== null || image.crypto !== null) return yield* readEach(image, groups, depth);
  const wanted = groups.map((group) => objectsOf(image, group));
  const read = yield* readObjects(image, wanted.flat(), depth);
  let at = 0;
  return wanted.map((objects) => joinedParts(objects, read.slice(at, (at += objects.length))));
}

function objectsOf({ layout }: ImageCtx, group: readonly ImageExtent[]): ObjectExtent[] {
  const [only] = group;
  if (only !== undefined && group.length === 1) return imageToObjects(layout, only.off, only.len);
  return group.flatMap(({ off, len }) => imageToObjects(layout, off, len));
}

function* readEach(image: ImageCtx, groups: readonly (readonly ImageExtent[])[], depth: number): Task<readonly Data[]> {
  const out: Data[] = [];
  for (const group of groups) out.push(yield* readExtents(image, group, depth));
  return out;
}

/** What the image holds itself, and for the rest what its parent has. */
function* readObjects(image: ImageCtx, objects: readonly ObjectExtent[], depth: number): Task<readonly Data[]> {
  const own = yield* readOwnObjects(image, objects);
  const lacking = objects.filter((_, at) => own[at] === null);
  const { parent } = image;
  const read = parent === null || lacking.length === 0 ? [] : yield* readParent(image, parent, lacking, depth);
  const inherited = read.values();
  return objects.map(({ len }, at) => sliceData(own[at] ?? inherited.next().value ?? NO_DATA, 0, len));
}

function* readParent(
  image: ImageCtx,
  parent: ImageCtx,
  objects: readonly ObjectExtent[],
  depth: number,
): Task<readonly Data[]> {
  const groups = objects.map(({ objectNo, off, len }) => {
    const extents = inParent(image, parent, objectToImage(image.layout, objectNo, off, len));
    if (extents.length > 0 && isTraced(image))
      emitImage(image, { type: 'rbd/read-from-parent', objectNo, parent: imageSpec(parent), depth: depth + 1 });
    return extents;
  });
  return yield* readAll(parent, groups, depth + 1);
}

/** Null for each object that the image does not have. */
function* readOwnObjects(image: ImageCtx, objects: readonly ObjectExtent[]): Task<readonly (Data | null)[]> {
  const { objectMap, readIo } = image;
  const mayExist = objects.map(({ objectNo }) => objectMap === null || objectMap.mayExist(objectNo));
  const asked = objects.filter((_, at) => mayExist[at]);
  const stretches = asked.map(({ objectNo, off, len }) => ({
    oid: image.objectName(objectNo),
    op: readOp(len),
    off,
    len,
  }));
  const answers = yield* readStretches(readIo, stretches);
  let at = 0;
  return mayExist.map((asks) => (asks ? asRead(stretches[at]?.op, answers[at++] ?? null) : null));
}
