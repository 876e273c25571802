import type { OsdOp } from '../../codec/osd-op.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { type ObjectChange, parentExtents } from './object-change.ts';

export interface DiscardOptions {
  /** An object that hides a parent's stays, empty; else it is removed and the parent's shows again. */
  readonly keepHiding: boolean;
  readonly updatesMap: boolean;
}

/**
 * The change that frees a stretch of an object.
 *
 * @ceph src/librbd/io/ObjectRequest.h ObjectDiscardRequest — exact
 */
export function discardChange(
  image: ImageCtx,
  objectNo: number,
  off: number,
  len: number,
  { keepHiding, updatesMap }: DiscardOptions,
): ObjectChange {
  const fullObject = off === 0 && len === image.objectSize;
  const hides = parentExtents(image, objectNo).length > 0;
  const removes = fullObject && !(keepHiding && hides);
  const common = { objectNo, fullObject, removes, discards: true, empty: false, updatesMap };
  return { ...common, ops: discardOps(image, off, len, fullObject, removes) };
}

function discardOps(image: ImageCtx, off: number, len: number, fullObject: boolean, removes: boolean): OsdOp[] {
  if (removes) return [{ op: 'delete' }];
  // Without snapshots there is no copy-up before a full discard: the object is made, to hide the parent's.
  if (fullObject && image.header.snapc.seq === 0) {
    return [
      { op: 'create', exclusive: false },
      { op: 'truncate', size: 0 },
    ];
  }
  if (fullObject || off + len === image.objectSize) return [{ op: 'truncate', size: off }];
  return [{ op: 'zero', off, len }];
}
