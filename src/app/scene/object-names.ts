import type { ImageView } from '../../protocol/view.ts';

/** Name of a data object: format 2 counts in 16 hex digits, format 1 (`rb.…`) in 12. */
export function objectName(image: ImageView, objectNo: number): string {
  const digits = image.prefix.startsWith('rb.') ? 12 : 16;
  return `${image.prefix}.${objectNo.toString(16).padStart(digits, '0')}`;
}

/** Name of the object that holds the image's metadata. */
export function headerName(image: ImageView): string {
  return image.prefix.startsWith('rb.') ? `${image.name}.rbd` : `rbd_header.${image.id}`;
}

/** What an object is to an image: a data object with its number, or metadata (`objectNo` null). */
export interface ObjectOfImage {
  readonly image: ImageView;
  readonly objectNo: number | null;
}

/** Finds the image that an object belongs to, by its name; null where it is none of theirs. */
export function imageOfObject(images: readonly ImageView[], pool: number, oid: string): ObjectOfImage | null {
  const dot = oid.lastIndexOf('.');
  const stem = oid.slice(0, dot);
  for (const image of images) {
    if (image.dataPool === pool && image.prefix === stem) return { image, objectNo: parseInt(oid.slice(dot + 1), 16) };
    if (image.pool === pool && isMetadataOf(image, oid)) return { image, objectNo: null };
  }
  return null;
}

function isMetadataOf(image: ImageView, oid: string): boolean {
  return (
    oid === headerName(image) ||
    oid === `rbd_id.${image.name}` ||
    oid === `rbd_object_map.${image.id}` ||
    oid.startsWith(`rbd_object_map.${image.id}.`)
  );
}
