import type { Era } from '../base/era.ts';

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
