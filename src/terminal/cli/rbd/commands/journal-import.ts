import * as v from 'valibot';
import { fromBase64 } from '../../../../engine/base/base64.ts';
import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { utf8Decode } from '../../../../engine/base/utf8.ts';
import { type JournalAppender, openAppender } from '../../../../engine/librbd/journal/player.ts';
import type { ByteSource } from '../byte-source.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { DEST_JOURNAL_SPEC, FOR_DEST_JOURNAL, NO_ERROR, openedJournal, VERBOSE } from '../journal-image.ts';
import { ImportError, nextRecord } from '../journal-import-record.ts';
import { asJournalClient, inspectEntry } from '../journal-player.ts';
import { PATH, PATH_NAME } from '../options.ts';
import { pathOf } from '../positionals.ts';
import { RbdError } from '../rbd-error.ts';
import { sourceOrTell } from '../source-or-tell.ts';

const CLIENT = 'IMPORT';

/** What a line of an export says; what it does not say is nothing. */
const RECORD = v.object({
  tag_id: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  commit_tid: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  entry: v.optional(v.string(), ''),
});

export const journalImport = rbdCommand(
  {
    words: ['journal', 'import'],
    summary: 'Append what was exported to a journal.',
    positionals: [PATH_NAME, DEST_JOURNAL_SPEC],
    options: [PATH, ...FOR_DEST_JOURNAL, VERBOSE, NO_ERROR],
  },
  function* (run) {
    const path = pathOf(run);
    const journal = yield* openedJournal(run, true);
    const source = yield* orTold(sourceOrTell(run, path));
    yield* asJournalClient(run, journal, { client: CLIENT, command: 'import' }, function* () {
      return yield* importAll(run, source, yield* openAppender(journal.io, journal.id));
    });
  },
);

function* orTold<T>(task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(`journal import: ${cppStrerror(error.errno)}`, error.errno);
  }
}

/** What is no record ends the import, but is no failure; an entry that is none fails it where the rest goes on. */
function* importAll(run: RbdRun, source: ByteSource, appender: JournalAppender): Task<number> {
  let [total, errors] = [0, 0];
  try {
    for (let record = yield* nextRecord(source); record !== null; record = yield* nextRecord(source)) {
      total++;
      if (yield* importOne(run, record, total, appender)) continue;
      errors++;
      if (!run.has('no-error')) break;
    }
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    yield* run.complain(`rbd: ${error.message}\n`);
  }
  yield* run.print(`${total} entries processed, ${errors} errors\nWaiting for journal append to complete...\n`);
  return errors > 0 && run.has('no-error') ? ERRNO.EINVAL : 0;
}

function* importOne(run: RbdRun, bytes: Uint8Array, no: number, appender: JournalAppender): Task<boolean> {
  const json = parsed(utf8Decode(bytes));
  if (json === undefined) {
    yield* run.complain(`rbd: error parsing input (entry ${no})\n`);
    return false;
  }
  const record = v.safeParse(RECORD, json);
  const data = record.success ? fromBase64(record.output.entry) : undefined;
  if (!record.success || data === undefined) {
    yield* run.complain(`rbd: error json decoding import data (entry ${no}):\n`);
    return false;
  }
  const { tag_id, commit_tid } = record.output;
  if ((yield* inspectEntry(run, data)) === null) {
    yield* run.complain(`rbd: corrupted entry ${no}: tag_tid=${tag_id}, commit_tid=${commit_tid}\n`);
    return false;
  }
  yield* appender.append(tag_id, data);
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
