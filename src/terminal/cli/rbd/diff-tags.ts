/** Banners and tags of exports and diffs. @ceph src/tools/rbd/Utils.h, src/include/rbd_types.h — exact */
export const BANNER = {
  diff: 'rbd diff v1\n',
  diffV2: 'rbd diff v2\n',
  image: 'rbd image v2\n',
  imageDiffs: 'rbd image diffs v2\n',
} as const;

/** Of a diff. */
export const DIFF_TAG = {
  fromSnap: 'f',
  toSnap: 't',
  protection: 'p',
  imageSize: 's',
  write: 'w',
  zero: 'z',
  end: 'e',
} as const;

/** Of an image's properties, before its diffs. */
export const IMAGE_TAG = {
  order: 'O',
  features: 'T',
  stripeUnit: 'U',
  stripeCount: 'C',
  meta: 'M',
  end: 'E',
} as const;

/** Names are no longer than this. */
export const MOST_NAME_BYTES = 4096;
