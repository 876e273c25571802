import type { Task } from '../../base/task.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { journalHeaderName } from './journal-names.ts';

/** What a journal's header says of it. */
export interface JournalMetadata {
  /** log2 of the size of its objects. */
  readonly order: number;
  /** Over how many objects entries go in turn. */
  readonly splayWidth: number;
  /** The pool of its objects; -1 for that of its header. */
  readonly poolId: number;
  /** Sets of objects: the first that is kept, and the one that is written to. */
  readonly minimumSet: number;
  readonly activeSet: number;
}

/** ENOENT where there is no journal. @ceph src/cls/journal/cls_journal_client.cc get_immutable_metadata — exact */
export function* readJournalMetadata(io: IoCtx, id: string): Task<JournalMetadata> {
  const header = journalHeaderName(id);
  return {
    order: yield* io.exec(header, clsJournal.getOrder, undefined),
    splayWidth: yield* io.exec(header, clsJournal.getSplayWidth, undefined),
    poolId: yield* io.exec(header, clsJournal.getPoolId, undefined),
    minimumSet: yield* io.exec(header, clsJournal.getMinimumSet, undefined),
    activeSet: yield* io.exec(header, clsJournal.getActiveSet, undefined),
  };
}

/** Where a journal's objects are: in its own pool, or in the pool and namespace of its header. */
export function journalDataIo(io: IoCtx, { poolId }: Pick<JournalMetadata, 'poolId'>): IoCtx {
  return poolId < 0 || poolId === io.poolId ? io : io.rados.ioCtx(poolId, io.nspace);
}
