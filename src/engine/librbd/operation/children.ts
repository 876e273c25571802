import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

export interface ChildImage {
  readonly pool: number;
  readonly poolName: string;
  readonly nspace: string;
  readonly imageId: string;
  /** Empty where it has none any more (half removed). */
  readonly imageName: string;
  /** True for one in the trash: `rbd children` shows it with `--all` alone. */
  readonly trash: boolean;
}

/**
 * Clones of the snapshot that is open, or of all snapshots where the head is, of both formats, in the order in which
 * `rbd children` prints them.
 */
export function* listChildren(_image: ImageCtx, _descendants = false): Task<ChildImage[]> {
  throw new AssertionError('being written');
}
