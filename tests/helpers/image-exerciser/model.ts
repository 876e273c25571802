import { FEATURE } from '../../../src/engine/codec/rbd-types.ts';
import type { Content } from './content.ts';
import type { Kind } from './kinds.ts';

/** A snapshot as it should be. */
export interface ModelSnap {
  readonly name: string;
  readonly content: Content;
  isProtected: boolean;
  /** It still reads through to the image's parent. */
  isLinked: boolean;
}

/** What an image was cloned from. */
export interface ModelParent {
  readonly image: ModelImage;
  readonly snap: ModelSnap;
  readonly cloneFormat: 1 | 2;
}

/** An image as it should be: bytes of the head and of each snapshot, and who hangs on whom. */
export interface ModelImage {
  name: string;
  /** Which of the world's places it lies in. */
  readonly place: number;
  readonly kind: Kind;
  features: number;
  head: Content;
  snaps: ModelSnap[];
  /** Removed snapshots that clones of format 2 still hang on. */
  trashed: ModelSnap[];
  readonly parent: ModelParent | null;
  /** The head still reads through to the parent. */
  isLinked: boolean;
  /** The object map calls objects unchanged that are not: see {@link roughenMap}. */
  isMapRough: boolean;
}

export function hasFeature({ features }: ModelImage, name: keyof typeof FEATURE): boolean {
  return (features & FEATURE[name]) !== 0;
}

/**
 * After a rollback or a sparsify the fast-diff map calls objects unchanged that are not, in Ceph too: a rollback takes the
 * snapshot's map over as it is, and a sparsify of a clone leaves it alone.
 */
export function roughenMap(image: ModelImage): void {
  if (hasFeature(image, 'FAST_DIFF')) image.isMapRough = true;
}

/** True where the head or a snapshot still hangs on the parent. */
export function isChild({ parent, isLinked, snaps, trashed }: ModelImage): boolean {
  return parent !== null && (isLinked || [...snaps, ...trashed].some((snap) => snap.isLinked));
}

/** Images that hang on a snapshot. */
export function childrenOf(images: readonly ModelImage[], snap: ModelSnap): ModelImage[] {
  return images.filter((image) => image.parent?.snap === snap && isChild(image));
}

/** Clones of a format that keep a snapshot from going. */
export function clonesOf(images: readonly ModelImage[], snap: ModelSnap, cloneFormat: 1 | 2): ModelImage[] {
  return childrenOf(images, snap).filter(({ parent }) => parent?.cloneFormat === cloneFormat);
}

/** Trashed snapshots go with their last clone; that may set free a parent's, and so on upwards. */
export function forgetTrashed(images: readonly ModelImage[]): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const image of images) {
      const kept = image.trashed.filter((snap) => childrenOf(images, snap).length > 0);
      changed ||= kept.length < image.trashed.length;
      image.trashed = kept;
    }
  }
}
