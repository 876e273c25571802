import { type Kind, piecesOf } from '../kinds.ts';
import type { ModelImage } from '../model.ts';

const MOST_BYTES = 7000;
const NEAR = 700;

/** A stretch of an image: near the border of an object or a stripe unit as often as anywhere; whole objects at times. Null where the image has no bytes. */
export function rangeOf(
  { kind, head }: ModelImage,
  a: number,
  b: number,
): { readonly off: number; readonly len: number } | null {
  if (head.size === 0) return null;
  const off = offsetIn(kind, head.size, a);
  return { off, len: Math.min(head.size - off, 1 + (b % MOST_BYTES)) };
}

/** The same for what costs nothing by the byte. */
export function wideRangeOf(
  image: ModelImage,
  a: number,
  b: number,
): { readonly off: number; readonly len: number } | null {
  const range = rangeOf(image, a, b);
  if (range === null || b % 3 > 0) return range;
  const unit = (b >>> 2) % 2 === 0 ? image.kind.stripeUnit : 2 ** image.kind.order * image.kind.stripeCount;
  const off = range.off - (range.off % unit);
  return { off, len: Math.min(image.head.size - off, unit * (1 + ((b >>> 3) % 3))) };
}

function offsetIn({ order, stripeUnit }: Kind, size: number, a: number): number {
  const any = (a >>> 3) % size;
  if (a % 4 === 0) return any;
  const unit = a % 4 === 1 ? 2 ** order : stripeUnit;
  const border = any - (any % unit);
  return a % 4 === 3 ? border : Math.min(size - 1, Math.max(0, border + ((a >>> 5) % (2 * NEAR)) - NEAR));
}

/** Of a stretch the part that lies in its first object, as a stretch of the image; a whole one where units follow each other. */
export function inOneObject({ kind }: ModelImage, off: number, len: number): number {
  let [first, length] = [-1, 0];
  for (const piece of piecesOf(kind, off, len)) {
    if (first >= 0 && piece.objectNo !== first) break;
    first = piece.objectNo;
    length += piece.len;
  }
  return length;
}
