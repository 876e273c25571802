import type { Era } from '../../base/era.ts';

/** Names of the objects of images of format 1 (`include/rbd_types.h`). */

/** The header of the image of that name. */
export function oldHeaderName(imageName: string): string {
  return `${imageName}.rbd`;
}

/** The first number that the C library's rand() gives to a program that seeds it with nothing. */
const FIRST_RANDOM = '6b8b4567';
/** The ninth: librados of Firefly drew some before. */
const NINTH_RANDOM = '238e1f29';

/**
 * What data objects begin with: the number of the client that makes the image, in two halves, and a "random" number.
 * @ceph src/librbd/internal.cc init_rbd_header — exact, for a program that makes one image
 */
export function oldDataPrefix(clientId: number, { oldHeaders }: Era): string {
  const high = Math.floor(clientId / 2 ** 32);
  return `rb.${high.toString(16)}.${(clientId >>> 0).toString(16)}.${oldHeaders ? NINTH_RANDOM : FIRST_RANDOM}`;
}

const ZEROS = '000000000000';

/** A data object: its image's prefix and its number as 12 hex digits. */
export function oldDataObjectName(prefix: string, objectNo: number): string {
  const digits = objectNo.toString(16);
  return `${prefix}.${ZEROS.slice(digits.length)}${digits}`;
}
