import { FEATURE, FEATURE_BIT_NAMES, FEATURES_ALL, FLAG, OP_FEATURE } from '../codec/rbd-types.ts';

/** What an image gets when nothing is said: `rbd_default_features`, 61. */
export const FEATURES_DEFAULT =
  FEATURE.LAYERING | FEATURE.EXCLUSIVE_LOCK | FEATURE.OBJECT_MAP | FEATURE.FAST_DIFF | FEATURE.DEEP_FLATTEN;
/** Those that a clone does not take over from its parent: they come by themselves. */
export const FEATURES_IMPLICIT =
  FEATURE.STRIPINGV2 |
  FEATURE.DATA_POOL |
  FEATURE.FAST_DIFF |
  FEATURE.OPERATIONS |
  FEATURE.MIGRATING |
  FEATURE.NON_PRIMARY |
  FEATURE.DIRTY_CACHE;

type BitNames = readonly (readonly [bit: number, name: string])[];

/** The names that the tools print, in bit order. */
export const FEATURE_NAMES: BitNames = FEATURE_BIT_NAMES.map((name, bit) => [2 ** bit, name]);

export const OP_FEATURE_NAMES: BitNames = [
  [OP_FEATURE.CLONE_PARENT, 'clone-parent'],
  [OP_FEATURE.CLONE_CHILD, 'clone-child'],
  [OP_FEATURE.GROUP, 'group'],
  [OP_FEATURE.SNAP_TRASH, 'snap-trash'],
];

export const FLAG_NAMES: BitNames = [
  [FLAG.OBJECT_MAP_INVALID, 'object map invalid'],
  [FLAG.FAST_DIFF_INVALID, 'fast diff invalid'],
];

/** Bits that clients may not ask for: they come and go with what is done. */
const FEATURES_INTERNAL = FEATURE.OPERATIONS | FEATURE.MIGRATING | FEATURE.NON_PRIMARY | FEATURE.DIRTY_CACHE;

/**
 * Feature bits as `rbd_default_features` has them: a number, or names with commas between them. Undefined for a name
 * that is none.
 *
 * @ceph src/librbd/Features.cc rbd_features_from_string — exact
 */
export function featuresOfText(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return FEATURES_DEFAULT;
  if (/^\d{1,15}$/.test(trimmed)) return Number(BigInt(trimmed) & BigInt(FEATURES_ALL & ~FEATURES_INTERNAL));
  let bits = 0;
  for (const name of trimmed.split(',')) {
    const found = FEATURE_NAMES.find(([, known]) => known === name.trim());
    if (found === undefined) return undefined;
    bits |= found[0];
  }
  return bits;
}

/** Names of the bits that are set, in bit order. */
export function bitNames(bits: number, names: BitNames): string[] {
  return names.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
}
