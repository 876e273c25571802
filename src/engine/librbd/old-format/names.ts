/** Names of the objects of images of format 1 (`include/rbd_types.h`). */

/** The header of the image of that name. */
export function oldHeaderName(imageName: string): string {
  return `${imageName}.rbd`;
}

const ZEROS = '000000000000';

/** A data object: its image's prefix and its number as 12 hex digits. */
export function oldDataObjectName(prefix: string, objectNo: number): string {
  const digits = objectNo.toString(16);
  return `${prefix}.${ZEROS.slice(digits.length)}${digits}`;
}
