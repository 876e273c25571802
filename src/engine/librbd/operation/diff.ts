import { CephError } from '../../base/errno.ts';
import { type IntervalSet, within } from '../../base/interval-set.ts';
import type { Task } from '../../base/task.ts';
import type { SnapListing } from '../../codec/osd-op.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { listSnapsAll } from '../../librados/at-once.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { rounds } from '../io/rounds.ts';
import { type ImageExtent, imageToObjects, type ObjectExtent, objectToImage } from '../io/striper.ts';
import { refreshIfStale } from '../refresh.ts';
import { diffObject } from './diff-object.ts';
import { type DiffState, diffObjectMaps } from './diff-object-maps.ts';

export interface DiffOptions {
  /** Whole objects, told from the object maps where they are valid. */
  readonly wholeObject?: boolean;
  /** Counts what is still the parent's; true unless given. */
  readonly includeParent?: boolean;
  readonly offset?: number;
  readonly length?: number;
}

export interface DiffExtent {
  readonly offset: number;
  readonly length: number;
  /** False for what is zero now. */
  readonly exists: boolean;
}

interface DiffRun {
  readonly image: ImageCtx;
  readonly from: number;
  readonly to: number;
  readonly wholeObject: boolean;
  /** What the parent has, where the diff is from the beginning. */
  readonly parent: IntervalSet;
  readonly maps: ((objectNo: number) => DiffState) | null;
}

/**
 * What differs from snapshot `from` (or from nothing, for null) to the head or snapshot that is open, in order.
 * ENOENT for a missing snapshot, EINVAL for one that is not older.
 *
 * @ceph src/librbd/api/DiffIterate.cc — exact
 */
export function* diffImage(image: ImageCtx, from: string | null, options: DiffOptions = {}): Task<DiffExtent[]> {
  yield* refreshIfStale(image);
  const fromId = fromSnapId(image, from);
  if (fromId === image.snapId) return [];
  if (fromId > image.snapId) throw new CephError('EINVAL', `snapshot ${from} is not older`);
  const { wholeObject = false, includeParent = true, offset = 0 } = options;
  const length = Math.min(options.length ?? image.size, image.size - offset);
  const parent = includeParent && fromId === 0 ? yield* diffParent(image, wholeObject) : [];
  const fast = wholeObject && image.has(FEATURE.FAST_DIFF);
  const maps = fast ? yield* diffObjectMaps(image, fromId, image.snapId) : null;
  const run = { image, from: fromId, to: image.snapId, wholeObject, parent, maps };
  const out: DiffExtent[] = [];
  const period = image.objectSize * image.layout.stripeCount;
  for (const round of rounds(image, cutAt(period, offset, offset + length))) {
    const objects = round.map(({ off, len }) => imageToObjects(image.layout, off, len));
    const find = yield* differ(run, objects.flat());
    for (const each of objects) out.push(...diffPeriod(each, find));
  }
  return out;
}

/** A stretch cut where rounds of objects begin. */
function* cutAt(period: number, start: number, end: number): Generator<ImageExtent> {
  for (let off = start; off < end; off += period - (off % period))
    yield { off, len: Math.min(period - (off % period), end - off) };
}

/** What tells of each of these objects how it differs. */
function* differ(run: DiffRun, objects: readonly ObjectExtent[]): Task<(object: ObjectExtent) => DiffExtent[]> {
  const { image, maps } = run;
  if (maps !== null) return ({ objectNo, parts }) => fastDiff(run, maps(objectNo), parts);
  const listings = yield* listSnapsAll(
    image.writeIo,
    objects.map(({ objectNo }) => image.objectName(objectNo)),
  );
  const byObject = new Map(objects.map(({ objectNo }, at) => [objectNo, listings[at] ?? null]));
  return ({ objectNo, parts }) => diffOne(run, objectNo, parts, byObject.get(objectNo) ?? null);
}

function fromSnapId(image: ImageCtx, name: string | null): number {
  if (name === null) return 0;
  const snap = image.userSnap(name);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${name}`);
  return snap.id;
}

/** What the parent holds within the overlap, as image extents. */
function* diffParent(image: ImageCtx, wholeObject: boolean): Task<IntervalSet> {
  const { parent, parentOverlap } = image;
  if (parent === null || parentOverlap === 0) return [];
  const extents = yield* diffImage(parent, null, { wholeObject, length: parentOverlap });
  const data = joined(extents.filter(({ exists }) => exists));
  return data.map(({ offset, length }) => ({ off: offset, len: length }));
}

/** One round of objects, with plain striping one object: what lies beside each other in it is told as one. */
function diffPeriod(
  objects: readonly ObjectExtent[],
  find: (object: ObjectExtent) => DiffExtent[],
): readonly DiffExtent[] {
  const [only] = objects;
  if (only !== undefined && objects.length === 1) return joined(find(only));
  return joined(objects.flatMap(find).sort((a, b) => a.offset - b.offset));
}

function joined(extents: readonly DiffExtent[]): readonly DiffExtent[] {
  if (extents.length < 2) return extents;
  const out: DiffExtent[] = [];
  for (const extent of extents) {
    const last = out.at(-1);
    if (last === undefined || last.offset + last.length !== extent.offset || last.exists !== extent.exists) {
      out.push(extent);
    } else out[out.length - 1] = { ...last, length: last.length + extent.length };
  }
  return out;
}

function diffOne(
  run: DiffRun,
  objectNo: number,
  extents: readonly ImageExtent[],
  listing: SnapListing | null,
): DiffExtent[] {
  const delta = diffObject(listing, run.image.objectSize, run.from, run.to, run.wholeObject);
  if (delta === null) return extents.flatMap((extent) => fromParent(run, extent));
  return delta.flatMap(({ off, len, exists }) =>
    objectToImage(run.image.layout, objectNo, off, len).flatMap((part) =>
      extents.flatMap((extent) => clipped(extent, part, exists)),
    ),
  );
}

function fastDiff(run: DiffRun, state: DiffState, extents: readonly ImageExtent[]): DiffExtent[] {
  if (state === 'hole') return extents.flatMap((extent) => fromParent(run, extent));
  if (state === 'data') return [];
  return extents.map(({ off, len }) => ({ offset: off, length: len, exists: state === 'data-updated' }));
}

function fromParent({ parent }: DiffRun, extent: ImageExtent): DiffExtent[] {
  return within(parent, extent).map(({ off, len }) => ({ offset: off, length: len, exists: true }));
}

function clipped(extent: ImageExtent, part: ImageExtent, exists: boolean): DiffExtent[] {
  const from = Math.max(extent.off, part.off);
  const to = Math.min(extent.off + extent.len, part.off + part.len);
  return from < to ? [{ offset: from, length: to - from, exists }] : [];
}
