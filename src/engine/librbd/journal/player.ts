import type { Task } from '../../base/task.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { type ReplayEntry, readSoundEntries } from './entries.ts';
import { appendEncoded, newWriter, type OpenJournal } from './journal.ts';
import { journalHeaderName } from './journal-names.ts';
import { readJournalMetadata } from './metadata.ts';

const NO_DATA = new Uint8Array();

/** Registers a client with a journal, which begins where the slowest one is. ENOENT without a journal, EEXIST. */
export function* registerJournalClient(io: IoCtx, id: string, client: string): Task<void> {
  yield* io.exec(journalHeaderName(id), clsJournal.registerClient, { id: client, data: NO_DATA });
}

/** ENOENT for one that is not registered. */
export function* unregisterJournalClient(io: IoCtx, id: string, client: string): Task<void> {
  yield* io.exec(journalHeaderName(id), clsJournal.unregisterClient, { id: client });
}

/** What a client has before it. EBADMSG where something in the journal is no entry. */
export function* entriesFor(io: IoCtx, id: string, client: string): Task<readonly ReplayEntry[]> {
  const { commitPosition } = yield* io.exec(journalHeaderName(id), clsJournal.getClient, { id: client });
  return yield* readSoundEntries(io, id, commitPosition);
}

/** Appends events that come from elsewhere, under the tags that they had; of each tag the count begins at 0. */
export class JournalAppender {
  readonly #io: IoCtx;
  readonly #id: string;
  readonly #journal: OpenJournal;
  readonly #next = new Map<number, number>();

  constructor(io: IoCtx, id: string, journal: OpenJournal) {
    this.#io = io;
    this.#id = id;
    this.#journal = journal;
  }

  *append(tagTid: number, event: Uint8Array): Task<void> {
    this.#journal.nextEntry = this.#next.get(tagTid) ?? 0;
    yield* appendEncoded(this.#io, this.#id, this.#journal, event, tagTid);
    this.#next.set(tagTid, this.#journal.nextEntry);
  }
}

/** @ceph src/tools/rbd/action/Journal.cc JournalImporter, src/journal/JournalMetadata.cc allocate_entry_tid — exact */
export function* openAppender(io: IoCtx, id: string): Task<JournalAppender> {
  return new JournalAppender(io, id, newWriter(io, yield* readJournalMetadata(io, id), 0, []));
}
