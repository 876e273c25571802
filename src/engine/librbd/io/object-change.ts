import { NO_DATA } from '../../base/data.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { inParent } from './parent-extents.ts';
import { type ImageExtent, objectToImage } from './striper.ts';

/** A change of one object. */
export interface ObjectChange {
  readonly objectNo: number;
  readonly ops: readonly OsdOp[];
  /** Writes or frees all of it. */
  readonly fullObject: boolean;
  /** The object is gone after it. */
  readonly removes: boolean;
  /** Changes nothing where there is neither object nor parent. */
  readonly discards: boolean;
  /** Writes nothing: only to have the parent's data copied up. */
  readonly empty: boolean;
  readonly updatesMap: boolean;
}

/** The state that the object map gets before the object is changed. */
export function preWriteState(change: ObjectChange): number {
  return change.removes ? OBJECT_STATE.PENDING : OBJECT_STATE.EXISTS;
}

/** The change that only asks for the copy: a write of nothing, as flatten sends it. */
export function emptyWrite(objectNo: number): ObjectChange {
  const ops: OsdOp[] = [{ op: 'write', off: 0, data: NO_DATA }];
  return { objectNo, ops, fullObject: false, removes: false, discards: false, empty: true, updatesMap: true };
}

/** The stretches of the parent that an object of the head reads through to. */
export function parentExtents(image: ImageCtx, objectNo: number): readonly ImageExtent[] {
  const { parent } = image;
  if (parent === null || image.parentOverlap === 0) return [];
  return inParent(image, parent, objectToImage(image.layout, objectNo, 0, image.objectSize));
}
