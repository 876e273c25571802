import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { removeSnapById } from '../operation/snap-remove.ts';

/** Removes all snapshots, the protected ones as well: what hung on them hangs elsewhere by now. */
export function* removeSnaps(image: ImageCtx): Task<void> {
  for (const { id, protection } of [...image.header.snaps].reverse()) {
    if (protection !== 'unprotected') {
      const status = { snapId: id, status: 'unprotected' } as const;
      yield* image.io.exec(image.headerOid, clsRbdSnapshot.setProtectionStatus, status);
    }
    yield* removeSnapById(image, id);
  }
}
