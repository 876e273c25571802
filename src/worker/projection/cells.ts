import type { SnapRecord } from '../../engine/codec/rbd-snap-codec.ts';
import { findAtSnap } from '../../engine/osd/find-object.ts';
import { CELL, type Cell } from '../../protocol/view.ts';
import type { ImageMeta } from './image-meta.ts';
import type { ImageObjects } from './image-objects.ts';

/** An image with what its cells are told from. */
export interface CellImage {
  readonly meta: ImageMeta;
  readonly objects: ImageObjects;
  readonly parent: CellImage | null;
}

/** A lane: the head, or a snapshot. */
export type Lane = SnapRecord | null;

/** What of an object answers for a lane: the head, a clone made for this very snapshot, a clone that a newer one has too. */
type Serving = { readonly by: 'head' | 'clone' | 'newer-clone'; readonly size: number };

/** The cell of an object in a lane, as stage.md names them. */
export function cellOf(image: CellImage, lane: Lane, objectNo: number): Cell {
  const serving = servingFor(image, lane, objectNo);
  const inherits = inheritsAt(image, lane, objectNo);
  if (serving === null) return inherits ? CELL.parent : CELL.hole;
  if (serving.size === 0) return CELL.zero;
  if (lane === null) return inherits ? CELL.copiedUp : CELL.own;
  return serving.by === 'clone' ? CELL.kept : CELL.shared;
}

function servingFor({ objects }: CellImage, lane: Lane, objectNo: number): Serving | null {
  const head = objects.heads.get(objectNo);
  if (head === undefined) return null;
  const live: Serving | null = head.info.whiteout ? null : { by: 'head', size: head.data.length };
  if (lane === null || head.snapSet === null) return live;
  const target = findAtSnap(head.snapSet, lane.id);
  if (target === 'head') return live;
  if (target === 'none') return null;
  const clone = head.snapSet.clones.find(({ id }) => id === target);
  if (clone === undefined) return null;
  return { by: clone.snaps[0] === lane.id ? 'clone' : 'newer-clone', size: clone.size };
}

/** True where the object would read data of the image's parent if it were not there itself. */
function inheritsAt(image: CellImage, lane: Lane, objectNo: number): boolean {
  const { meta, parent } = image;
  const overlap = overlapOf(meta, lane);
  const from = objectNo * 2 ** meta.order;
  const to = Math.min(from + 2 ** meta.order, overlap);
  if (parent === null || from >= to) return false;
  const snap = parent.meta.snaps.find(({ id }) => id === meta.parent?.spec.snapId);
  if (snap === undefined) return false;
  const objectSize = 2 ** parent.meta.order;
  for (let no = Math.floor(from / objectSize); no * objectSize < Math.min(to, snap.imageSize); no++) {
    if (hasData(parent, snap, no)) return true;
  }
  return false;
}

function hasData(image: CellImage, lane: Lane, objectNo: number): boolean {
  const serving = servingFor(image, lane, objectNo);
  return serving === null ? inheritsAt(image, lane, objectNo) : serving.size > 0;
}

/** Bytes of the lane that may come from the parent. */
export function overlapOf({ parent }: ImageMeta, lane: Lane): number {
  if (parent === null) return 0;
  return (lane === null ? parent.headOverlap : (lane.parentOverlap ?? lane.legacyParent?.headOverlap)) ?? 0;
}
