import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { saveCommitPosition } from './commit.ts';
import { openJournal } from './journal.ts';
import { LOCAL } from './journal-names.ts';
import { replayJournal } from './replay.ts';
import { journalOwner } from './tags.ts';

/** EROFS for an image that is another's, or nobody's. @ceph src/librbd/journal/StandardPolicy.cc allocate_tag_on_lock — exact */
export function* refuseOrphan(image: ImageCtx): Task<void> {
  if (image.forMirroring || (yield* journalOwner(image)) === LOCAL) return;
  throw new CephError('EROFS', 'local image not promoted');
}

/** Whoever has taken the lock plays back what the last one left, and begins a time of its own. */
export function* startJournal(image: ImageCtx): Task<void> {
  if (image.forMirroring) return;
  yield* replayJournal(image);
  image.journal = yield* openJournal(image);
}

/** Before the lock is given up. */
export function* closeJournal(image: ImageCtx): Task<void> {
  if (image.journal !== null) yield* saveCommitPosition(image, image.journal);
  image.journal = null;
}
