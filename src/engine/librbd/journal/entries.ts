import { bytesOfData } from '../../base/data.ts';
import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { decodeJournalObject, type JournalEntry, type ObjectPosition } from '../../codec/journal-codec.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { journalObjectName } from './journal-names.ts';
import { type JournalMetadata, journalDataIo, readJournalMetadata } from './metadata.ts';

/** An entry that is to be played back, and where it stands. */
export interface ReplayEntry extends JournalEntry {
  readonly object: number;
}

/** What a client that committed up to `committed` has before it; whether it ends at something that is no entry. */
export interface JournalReplay {
  readonly entries: readonly ReplayEntry[];
  readonly corrupt: boolean;
}

/**
 * The entries behind a commit position in their order: tag by tag, and of each tag up to the first that is missing,
 * which its writer never had acknowledged.
 *
 * @ceph src/journal/JournalPlayer.cc process_prefetch, verify_playback_ready — exact
 */
export function* readEntries(io: IoCtx, id: string, committed: readonly ObjectPosition[]): Task<JournalReplay> {
  const metadata = yield* readJournalMetadata(io, id);
  const byTag = new Map<number, Map<number, ReplayEntry>>();
  const last = committed[0];
  for (let object = firstObject(metadata, committed); object < endObject(metadata); object++) {
    const { entries, corrupt } = decodeJournalObject(yield* readObject(io, id, metadata, object));
    if (corrupt) return { entries: [], corrupt: true };
    for (const entry of entries) {
      if (last !== undefined && entry.tagTid < last.tagTid) continue;
      const ofTag = byTag.get(entry.tagTid) ?? new Map<number, ReplayEntry>();
      byTag.set(entry.tagTid, ofTag.set(entry.entryTid, { ...entry, object }));
    }
  }
  const tags = [...byTag].sort(([a], [b]) => a - b);
  return { entries: tags.flatMap(([tag, entries]) => contiguous(entries, firstEntry(tag, last))), corrupt: false };
}

function firstEntry(tag: number, last: ObjectPosition | undefined): number {
  return tag === last?.tagTid ? last.entryTid + 1 : 0;
}

function contiguous(entries: ReadonlyMap<number, ReplayEntry>, first: number): ReplayEntry[] {
  const out: ReplayEntry[] = [];
  for (let tid = first, entry = entries.get(tid); entry !== undefined; entry = entries.get(++tid)) out.push(entry);
  return out;
}

/** The oldest object that a client has not done with. */
function firstObject({ minimumSet, splayWidth }: JournalMetadata, committed: readonly ObjectPosition[]): number {
  const set = Math.min(...committed.map(({ object }) => Math.floor(object / splayWidth)));
  return Math.max(minimumSet, Number.isFinite(set) && committed.length === splayWidth ? set : 0) * splayWidth;
}

function endObject({ activeSet, splayWidth }: JournalMetadata): number {
  return (activeSet + 1) * splayWidth;
}

function* readObject(io: IoCtx, id: string, metadata: JournalMetadata, object: number): Task<Uint8Array> {
  try {
    const data = yield* journalDataIo(io, metadata).read(journalObjectName(io.poolId, id, object));
    return bytesOfData(data, 0, data.length);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return new Uint8Array();
    throw error;
  }
}

/** As {@link readEntries}; EBADMSG where something in the journal is no entry. */
export function* readSoundEntries(
  io: IoCtx,
  id: string,
  committed: readonly ObjectPosition[],
): Task<readonly ReplayEntry[]> {
  const { entries, corrupt } = yield* readEntries(io, id, committed);
  if (corrupt) throw new CephError('EBADMSG', `journal ${id}`);
  return entries;
}
