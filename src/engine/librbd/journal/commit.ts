import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { ObjectPosition } from '../../codec/journal-codec.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';
import type { OpenJournal, PendingEntry } from './journal.ts';
import { IMAGE_CLIENT, journalHeaderName, journalObjectName } from './journal-names.ts';

/** How long what is done may stay uncommitted: `rbd_journal_commit_age`. */
const COMMIT_AGE_US = 5_000_000;

/**
 * What entries say is done. All is committed up to the first entry that is not; in the header now and then.
 *
 * @ceph src/journal/JournalMetadata.cc committed, schedule_commit_task — exact, but that the time is looked at when
 * something is done
 */
export function* markDone(image: ImageCtx, journal: OpenJournal, entries: readonly PendingEntry[]): Task<void> {
  for (const entry of entries) entry.done = true;
  const now_us = image.io.rados.now_us();
  for (let first = journal.pending[0]; first?.done === true; first = journal.pending[0]) {
    journal.positions = nextPosition(journal.positions, first.position, journal.splayWidth);
    journal.unsavedSince_us ??= now_us;
    journal.pending.shift();
  }
  const { unsavedSince_us } = journal;
  if (unsavedSince_us !== null && now_us - unsavedSince_us >= COMMIT_AGE_US) yield* flushCommitPosition(image, journal);
}

/** Of each object of a set the last entry, the newest first: with one more entry that is done. */
export function nextPosition(
  positions: readonly ObjectPosition[],
  { object, tagTid, entryTid }: ObjectPosition,
  splayWidth: number,
): readonly ObjectPosition[] {
  const others = positions.filter((each) => each.object % splayWidth !== object % splayWidth);
  return [{ object, tagTid, entryTid }, ...others];
}

/** Puts into the header what is committed, and drops the objects that nobody needs any more. */
export function* flushCommitPosition(image: ImageCtx, journal: OpenJournal): Task<void> {
  if (yield* saveCommitPosition(image, journal)) yield* trimJournal(image, journal);
}

/** Of a journal that is closed; objects stay until the next one looks. True where there was anything to save. */
export function* saveCommitPosition(image: ImageCtx, journal: OpenJournal): Task<boolean> {
  if (journal.unsavedSince_us === null) return false;
  const position = journal.positions;
  journal.unsavedSince_us = null;
  yield* image.io.exec(journalHeaderName(image.id), clsJournal.commit, { id: IMAGE_CLIENT, position });
  return true;
}

/**
 * Removes the sets of objects before the one that the slowest client is at; one that was disconnected holds nothing.
 *
 * @ceph src/journal/JournalTrimmer.cc handle_metadata_updated, remove_set — exact
 */
function* trimJournal(image: ImageCtx, journal: OpenJournal): Task<void> {
  if (journal.minimumSet === journal.activeSet) return;
  const header = journalHeaderName(image.id);
  const clients = (yield* image.io.exec(header, clsJournal.clients, undefined)).filter(({ connected }) => connected);
  if (clients.some(({ commitPosition }) => commitPosition.length === 0)) return;
  const objects = clients.flatMap(({ commitPosition }) => commitPosition.map(({ object }) => object));
  const needed = Math.min(journal.activeSet, ...objects.map((object) => Math.floor(object / journal.splayWidth)));
  while (journal.minimumSet < needed) {
    for (let offset = 0; offset < journal.splayWidth; offset++) yield* removeObject(image, journal, offset);
    const set = journal.minimumSet + 1;
    yield* image.io.exec(header, clsJournal.setMinimumSet, { set });
    journal.minimumSet = set;
  }
}

function* removeObject(image: ImageCtx, journal: OpenJournal, offset: number): Task<void> {
  const object = journal.minimumSet * journal.splayWidth + offset;
  try {
    yield* journal.dataIo.remove(journalObjectName(image.io.poolId, image.id, object));
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
