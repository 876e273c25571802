import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { DecodeError } from '../../../engine/codec/decode-error.ts';
import { Decoder } from '../../../engine/codec/denc.ts';
import { decodeEventEntry, type EventEntry } from '../../../engine/codec/journal-events.ts';
import { registerJournalClient, unregisterJournalClient } from '../../../engine/librbd/journal/player.ts';
import type { RbdRun } from './command.ts';
import { formattedText } from './format.ts';
import { journalEventNode } from './journal-event-node.ts';
import type { NamedJournal } from './journal-image.ts';
import { RbdError } from './rbd-error.ts';

/**
 * Does something as a client of a journal. `body` answers an errno, 0 for none; `summary` is printed also where the
 * client could not be registered.
 *
 * @ceph src/tools/rbd/action/Journal.cc Journaler, JournalPlayer — exact
 */
export function* asJournalClient(
  run: RbdRun,
  { io, id }: NamedJournal,
  { client, command, summary }: { readonly client: string; readonly command: string; readonly summary?: () => string },
  body: () => Task<number>,
): Task<void> {
  let errno = yield* told(run, 'failed to register client', registerJournalClient(io, id, client));
  if (errno === 0) errno = yield* errnoOf(body());
  if (summary !== undefined) yield* run.print(summary());
  const words = 'rbd: failed to unregister journal client';
  const left = yield* told(run, words, unregisterJournalClient(io, id, client));
  const result = errno || left;
  if (result !== 0) throw new RbdError(`journal ${command}: ${cppStrerror(result)}`, result);
}

function* told(run: RbdRun, words: string, task: Task<void>): Task<number> {
  const errno = yield* errnoOf(none(task));
  if (errno !== 0) yield* run.complain(`${words}: ${cppStrerror(errno)}\n`);
  return errno;
}

function* none(task: Task<void>): Task<number> {
  yield* task;
  return 0;
}

function* errnoOf(task: Task<number>): Task<number> {
  try {
    return yield* task;
  } catch (error) {
    if (error instanceof CephError) return error.errno;
    throw error;
  }
}

/** Reads an event, and prints it where that is asked for; null where it is none. @ceph inspect_entry — exact */
export function* inspectEntry(run: RbdRun, data: Uint8Array): Task<EventEntry | null> {
  try {
    const entry = decodeEventEntry(new Decoder(data));
    if (run.has('verbose')) yield* run.print(formattedText(journalEventNode(entry), 'json-pretty'));
    return entry;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const why = error.kind === 'truncated' ? 'End of buffer [buffer:2]' : 'Malformed input [buffer:3]';
    yield* run.complain(`failed to decode event entry: ${why}\n`);
    return null;
  }
}
