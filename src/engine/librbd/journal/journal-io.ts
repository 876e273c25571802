import { bytesOfData, type Data } from '../../base/data.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { appendEvent, type OpenJournal, openJournal } from './journal.ts';

/** A longer write is several entries: `rbd_journal_max_payload_bytes`, without what goes around the data. */
const MOST_WRITE_BYTES = 16_384 - 44;

/** A write is in the journal before it is in the image. @ceph src/librbd/Journal.cc append_write_event — exact */
export function* journalWrite(image: ImageCtx, offset: number, data: Data): Task<void> {
  const journal = yield* opened(image);
  for (let at = 0; at < data.length; at += MOST_WRITE_BYTES) {
    const bytes = bytesOfData(data, at, Math.min(MOST_WRITE_BYTES, data.length - at));
    yield* appendEvent(image, journal, { type: 'write', offset: offset + at, data: bytes });
  }
}

export function* journalDiscard(image: ImageCtx, offset: number, length: number, granularity: number): Task<void> {
  yield* appendEvent(image, yield* opened(image), { type: 'discard', offset, length, granularity });
}

/** After a reload the lock is there already, without its journal. */
function* opened(image: ImageCtx): Task<OpenJournal> {
  image.journal ??= yield* openJournal(image);
  return image.journal;
}
