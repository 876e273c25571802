/**
 * How an image's bytes lie in objects: stripe units go round `stripeCount` objects until those are full, then
 * round the next ones. With the defaults (one object, unit = object size) objects simply follow each other.
 *
 * @ceph src/osdc/Striper.cc file_to_extents, extent_to_file, get_num_objects — exact
 */
export interface Layout {
  readonly objectSize: number;
  readonly stripeUnit: number;
  readonly stripeCount: number;
}

/** A stretch of the image, and where it lies: all in one object. */
export interface ObjectExtent {
  readonly objectNo: number;
  readonly off: number;
  readonly len: number;
  readonly imageOff: number;
}

export interface ImageExtent {
  readonly off: number;
  readonly len: number;
}

/** How many objects an image of that size may have. */
export function objectCount({ objectSize, stripeUnit, stripeCount }: Layout, size: number): number {
  const period = objectSize * stripeCount;
  const periods = Math.ceil(size / period);
  const rest = size % period;
  const missing = rest > 0 && rest < stripeCount * stripeUnit ? stripeCount - Math.ceil(rest / stripeUnit) : 0;
  return periods * stripeCount - missing;
}

/** The pieces of a stretch of the image, in the order of the image. */
export function imageToObjects(layout: Layout, off: number, len: number): ObjectExtent[] {
  const out: ObjectExtent[] = [];
  for (let at = off, end = off + len; at < end; ) {
    const piece = pieceAt(layout, at, end - at);
    const last = out.at(-1);
    if (last !== undefined && last.objectNo === piece.objectNo && last.off + last.len === piece.off) {
      out[out.length - 1] = { ...last, len: last.len + piece.len };
    } else out.push(piece);
    at += piece.len;
  }
  return out;
}

function pieceAt({ objectSize, stripeUnit, stripeCount }: Layout, at: number, left: number): ObjectExtent {
  const unit = Math.floor(at / stripeUnit);
  const stripe = Math.floor(unit / stripeCount);
  const unitsPerObject = objectSize / stripeUnit;
  const objectNo = Math.floor(stripe / unitsPerObject) * stripeCount + (unit % stripeCount);
  const inUnit = at % stripeUnit;
  const off = (stripe % unitsPerObject) * stripeUnit + inUnit;
  return { objectNo, off, len: Math.min(stripeUnit - inUnit, left), imageOff: at };
}

/** Where a stretch of an object lies in the image, in the order of the object. */
export function objectToImage(layout: Layout, objectNo: number, off: number, len: number): ImageExtent[] {
  const { objectSize, stripeUnit, stripeCount } = layout;
  const unitsPerObject = objectSize / stripeUnit;
  const stripeBase = Math.floor(objectNo / stripeCount) * unitsPerObject;
  const out: { off: number; len: number }[] = [];
  for (let at = off, end = off + len; at < end; ) {
    const inUnit = at % stripeUnit;
    const stripe = stripeBase + Math.floor(at / stripeUnit);
    const imageOff = (stripe * stripeCount + (objectNo % stripeCount)) * stripeUnit + inUnit;
    const length = Math.min(stripeUnit - inUnit, end - at);
    const last = out.at(-1);
    if (last !== undefined && last.off + last.len === imageOff) last.len += length;
    else out.push({ off: imageOff, len: length });
    at += length;
  }
  return out;
}

/** What of `extents` lies below `overlap`. */
export function pruneExtents(extents: readonly ImageExtent[], overlap: number): ImageExtent[] {
  const out: ImageExtent[] = [];
  for (const { off, len } of extents) if (off < overlap) out.push({ off, len: Math.min(len, overlap - off) });
  return out;
}
