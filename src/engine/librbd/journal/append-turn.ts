import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { flushCommitPosition, markDone } from './commit.ts';
import { appendEvent, openJournal } from './journal.ts';

/**
 * Notes down, as the only entry of a new time, that an image leads from now on, or does so no more. It has no time of
 * the day.
 *
 * @ceph src/librbd/journal/DemoteRequest.cc append_event, PromoteRequest.cc append_event — exact
 */
export function* appendTurn(image: ImageCtx, tagTid: number): Task<void> {
  const journal = yield* openJournal(image, tagTid);
  const entry = yield* appendEvent(image, journal, { type: 'demote-promote' }, 0);
  yield* markDone(image, journal, [entry]);
  yield* flushCommitPosition(image, journal);
}
