/** Names of the objects of images of format 1 (`include/rbd_types.h`). */

/** The header of the image of that name. */
export function oldHeaderName(imageName: string): string {
  return `${imageName}.rbd`;
}

/** What the first call of the C library's random numbers gives to a program that seeds them with nothing. */
const FIRST_RANDOM = '6b8b4567';

/**
 * What data objects begin with: the number of the client that makes the image, in two halves, and a "random" number.
 * @ceph src/librbd/internal.cc init_rbd_header — exact, for a program that makes one image
 */
export function oldDataPrefix(clientId: number): string {
  const high = Math.floor(clientId / 2 ** 32);
  return `rb.${high.toString(16)}.${(clientId >>> 0).toString(16)}.${FIRST_RANDOM}`;
}

const ZEROS = '000000000000';

/** A data object: its image's prefix and its number as 12 hex digits. */
export function oldDataObjectName(prefix: string, objectNo: number): string {
  const digits = objectNo.toString(16);
  return `${prefix}.${ZEROS.slice(digits.length)}${digits}`;
}
