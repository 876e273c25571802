/**
 * The first byte of each packed value. From SMALL_INT up the byte itself is a whole number from 0 to 127, and from
 * SHAPE up to there it is an object of one of the first 64 shapes.
 */
export const TAG = {
  null: 0,
  undefined: 1,
  false: 2,
  true: 3,
  uint: 4,
  negative: 5,
  float: 6,
  text: 7,
  textRef: 8,
  newShape: 9,
  shape: 10,
  array: 11,
  map: 12,
  bytes: 13,
  blob: 14,
  ref: 15,
  emptyArray: 16,
  emptyMap: 17,
  emptyBytes: 18,
  /** Not remembered: long texts hardly come twice. */
  longText: 19,
  /** Of an entry: both key and value are those of an earlier one. */
  sameEntry: 20,
  /** Of an entry: key and value follow, to be remembered or not. */
  entry: 21,
  passingEntry: 22,
} as const;

export const SHAPE = 0x40;
export const SMALL_INT = 0x80;

/** Bytes of at least this length go to the blobs table once and are referenced afterwards. */
export const BLOB_BYTES = 4096;

/** What packs into fewer bytes is written again instead of referenced: remembering it would cost more. */
export const REF_BYTES = 12;

/** Texts of at least this length are written again each time. */
export const LONG_TEXT_CHARS = 32;
