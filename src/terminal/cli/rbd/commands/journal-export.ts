import { toBase64 } from '../../../../engine/base/base64.ts';
import { bytesData } from '../../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { utf8Encode } from '../../../../engine/base/utf8.ts';
import { type EventEntry, eventTypeCode } from '../../../../engine/codec/journal-events.ts';
import type { ReplayEntry } from '../../../../engine/librbd/journal/entries.ts';
import { entriesFor } from '../../../../engine/librbd/journal/player.ts';
import { formatted } from '../../format/formatter.ts';
import { nodeOf } from '../../format/tree.ts';
import { type ByteSink, openSink } from '../byte-sink.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import {
  FOR_JOURNAL,
  type NamedJournal,
  NO_ERROR,
  openedJournal,
  SOURCE_JOURNAL_SPEC,
  VERBOSE,
} from '../journal-image.ts';
import { asJournalClient, inspectEntry } from '../journal-player.ts';
import { PATH, PATH_NAME } from '../options.ts';
import { pathOf } from '../positionals.ts';
import { RbdError } from '../rbd-error.ts';

const CLIENT = 'EXPORT';

export const journalExport = rbdCommand(
  {
    words: ['journal', 'export'],
    summary: 'Write a journal into a file.',
    description:
      'A line an entry, in JSON with its length before it: of what its slowest reader has not done with yet.',
    positionals: [SOURCE_JOURNAL_SPEC, PATH_NAME],
    options: [...FOR_JOURNAL, PATH, VERBOSE, NO_ERROR],
  },
  function* (run) {
    const journal = yield* openedJournal(run);
    const sink = yield* newFile(run, pathOf(run));
    yield* sink.write(textData(`# journal_id: ${journal.id}\n`));
    const counts = { total: 0, errors: 0 };
    const summary = () => `${counts.total} entries processed, ${counts.errors} errors\n`;
    try {
      yield* asJournalClient(run, journal, { client: CLIENT, command: 'export', summary }, () =>
        exportEntries(run, journal, sink, counts),
      );
    } finally {
      yield* sink.finish();
    }
  },
);

function* newFile(run: RbdRun, path: string): Task<ByteSink> {
  try {
    return openSink(run.process, path);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(`error creating ${path}\nrbd: journal export: ${cppStrerror(error.errno)}`, error.errno);
  }
}

function* exportEntries(
  run: RbdRun,
  { io, id }: NamedJournal,
  sink: ByteSink,
  counts: { total: number; errors: number },
): Task<number> {
  for (const entry of yield* entriesFor(io, id, CLIENT)) {
    counts.total++;
    const event = yield* inspectEntry(run, entry.data);
    if (event === null) counts.errors++;
    else yield* sink.write(textData(lineOf(entry, counts.total, event)));
    if (event === null && !run.has('no-error')) break;
  }
  return counts.errors === 0 ? 0 : ERRNO.EINVAL;
}

function lineOf({ tagTid, data }: ReplayEntry, commitTid: number, { event }: EventEntry): string {
  const plain = { tag_id: tagTid, commit_tid: commitTid, type: eventTypeCode(event), entry: toBase64(data) };
  const text = formatted(nodeOf('event_entry', plain), 'json');
  return `${text.length} ${text}\n`;
}

function textData(text: string) {
  return bytesData(utf8Encode(text));
}
