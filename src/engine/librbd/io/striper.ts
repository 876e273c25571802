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

/** A stretch of an object, and the stretches of the image that lie there, one after the other. */
export interface ObjectExtent {
  readonly objectNo: number;
  readonly off: number;
  readonly len: number;
  readonly parts: readonly ImageExtent[];
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

/** Where a stretch of the image lies: one extent an object, in the order in which the image meets them. */
export function imageToObjects(layout: Layout, off: number, len: number): ObjectExtent[] {
  if (layout.stripeCount === 1) return imageToPlainObjects(layout.objectSize, off, len);
  const byObject = new Map<number, { objectNo: number; off: number; len: number; parts: ImageExtent[] }>();
  for (let at = off, end = off + len; at < end; ) {
    const unit = unitAt(layout, at, end - at);
    const extent = byObject.get(unit.objectNo);
    if (extent === undefined) {
      byObject.set(unit.objectNo, { ...unit, parts: [{ off: at, len: unit.len }] });
    } else {
      extent.len += unit.len;
      appendPart(extent.parts, at, unit.len);
    }
    at += unit.len;
  }
  return [...byObject.values()];
}

/** The short way where objects follow each other. */
function imageToPlainObjects(objectSize: number, off: number, len: number): ObjectExtent[] {
  const first = plainExtent(objectSize, off, len);
  if (first.len === len) return len === 0 ? [] : [first];
  const out = [first];
  for (let at = off + first.len, end = off + len; at < end; ) {
    const extent = plainExtent(objectSize, at, end - at);
    out.push(extent);
    at += extent.len;
  }
  return out;
}

function plainExtent(objectSize: number, at: number, left: number): ObjectExtent {
  const off = at % objectSize;
  const len = Math.min(objectSize - off, left);
  return { objectNo: (at - off) / objectSize, off, len, parts: [{ off: at, len }] };
}

function appendPart(parts: ImageExtent[], off: number, len: number): void {
  const last = parts.at(-1);
  if (last !== undefined && last.off + last.len === off)
    parts[parts.length - 1] = { off: last.off, len: last.len + len };
  else parts.push({ off, len });
}

/** The stripe unit at a place, from there on. */
function unitAt(layout: Layout, at: number, left: number): { objectNo: number; off: number; len: number } {
  const { objectSize, stripeUnit, stripeCount } = layout;
  const unit = Math.floor(at / stripeUnit);
  const stripe = Math.floor(unit / stripeCount);
  const unitsPerObject = objectSize / stripeUnit;
  const objectNo = Math.floor(stripe / unitsPerObject) * stripeCount + (unit % stripeCount);
  const inUnit = at % stripeUnit;
  const off = (stripe % unitsPerObject) * stripeUnit + inUnit;
  return { objectNo, off, len: Math.min(stripeUnit - inUnit, left) };
}

/** Where a stretch of an object lies in the image, in the order of the object. */
export function objectToImage(layout: Layout, objectNo: number, off: number, len: number): ImageExtent[] {
  const { objectSize, stripeUnit, stripeCount } = layout;
  if (stripeCount === 1) return [{ off: objectNo * objectSize + off, len }];
  const unitsPerObject = objectSize / stripeUnit;
  const stripeBase = Math.floor(objectNo / stripeCount) * unitsPerObject;
  const out: ImageExtent[] = [];
  for (let at = off, end = off + len; at < end; ) {
    const inUnit = at % stripeUnit;
    const stripe = stripeBase + Math.floor(at / stripeUnit);
    const imageOff = (stripe * stripeCount + (objectNo % stripeCount)) * stripeUnit + inUnit;
    const length = Math.min(stripeUnit - inUnit, end - at);
    appendPart(out, imageOff, length);
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
