import { FEATURE, FEATURE_BIT_NAMES, FLAG, OP_FEATURE } from '../codec/rbd-types.ts';

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

/** Names of the bits that are set, in bit order. */
export function bitNames(bits: number, names: BitNames): string[] {
  return names.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
}
