import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

export interface ParentDescription {
  readonly poolName: string;
  readonly nspace: string;
  readonly imageName: string;
  readonly imageId: string;
  readonly snapName: string;
  readonly snapId: number;
  /** True while the parent image is in the trash. */
  readonly trash: boolean;
  readonly overlap: number;
}

/** The parent of the head or of the snapshot that is open; null where there is none. */
export function* describeParent(_image: ImageCtx): Task<ParentDescription | null> {
  throw new AssertionError('being written');
}
