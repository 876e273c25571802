import type { ImageCtx } from '../image-ctx.ts';
import { type ObjectChange, parentExtents } from '../io/object-change.ts';
import { discardChange } from '../io/object-discard.ts';
import { type ImageExtent, imageToObjects, type Layout, type ObjectExtent, objectCount } from '../io/striper.ts';

const ZEROES = { keepHiding: true, updatesMap: true };

/**
 * How far the objects of a copy reach, while one state of its source after the other is written: what is zero at an
 * object's end is cut off there, and an object of zeros alone is removed.
 *
 * @ceph src/librbd/deep_copy/ObjectCopyRequest.cc compute_zero_ops (prev_end_size, end_size) — exact for objects that hide
 * no parent's
 */
export class ObjectEnds {
  readonly #layout: Layout;
  #ends = new Map<number, number>();
  /** As the state before has left them. */
  #before = new Map<number, number>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** A state of that size begins; what lay behind it is gone. */
  begin(size: number): void {
    const period = this.#layout.objectSize * this.#layout.stripeCount;
    const border = imageToObjects(this.#layout, size, Math.ceil(size / period) * period - size);
    for (const { objectNo, off } of border) this.#cutTo(objectNo, off);
    const end = objectCount(this.#layout, size);
    for (const objectNo of this.#ends.keys()) if (objectNo >= end) this.#ends.delete(objectNo);
    this.#before = new Map(this.#ends);
  }

  wrote(pieces: readonly ImageExtent[]): void {
    for (const piece of pieces)
      for (const { objectNo, off, len } of imageToObjects(this.#layout, piece.off, piece.len))
        this.#ends.set(objectNo, Math.max(this.#endOf(objectNo), off + len));
  }

  /** How objects of the copy come to be zero there, once all of the state's data is written. */
  zeroed(dest: ImageCtx, zeros: readonly ObjectExtent[]): ObjectChange[] {
    return zeros.flatMap(({ objectNo, off, len }) => {
      const isInside = off + len < this.#endOf(objectNo) || parentExtents(dest, objectNo).length > 0;
      if (isInside) return [discardChange(dest, objectNo, off, len, ZEROES)];
      this.#cutTo(objectNo, off);
      const reached = off < (this.#before.get(objectNo) ?? 0);
      return reached ? [discardChange(dest, objectNo, off, dest.objectSize - off, ZEROES)] : [];
    });
  }

  #endOf(objectNo: number): number {
    return this.#ends.get(objectNo) ?? 0;
  }

  #cutTo(objectNo: number, off: number): void {
    const end = this.#endOf(objectNo);
    if (end > off) this.#ends.set(objectNo, off);
  }
}
