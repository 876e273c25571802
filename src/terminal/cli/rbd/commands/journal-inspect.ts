import { ERRNO } from '../../../../engine/base/errno.ts';
import { entriesFor } from '../../../../engine/librbd/journal/player.ts';
import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, openedJournal, VERBOSE } from '../journal-image.ts';
import { asJournalClient, inspectEntry } from '../journal-player.ts';

const CLIENT = 'INSPECT';

export const journalInspect = rbdCommand(
  {
    words: ['journal', 'inspect'],
    summary: 'Look for faults in a journal.',
    description: 'In what its slowest reader has not done with yet: of an image that was closed, nothing.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, VERBOSE],
  },
  function* (run) {
    const journal = yield* openedJournal(run);
    let total = 0;
    let faulty = 0;
    const summary = () => `Summary:\n  ${total} entries inspected, ${faulty} errors\n`;
    yield* asJournalClient(run, journal, { client: CLIENT, command: 'inspect', summary }, function* () {
      for (const { tagTid, data } of yield* entriesFor(journal.io, journal.id, CLIENT)) {
        total++;
        if (run.has('verbose')) yield* run.print(`Entry: tag_id=${tagTid}, commit_tid=${total}\n`);
        if ((yield* inspectEntry(run, data)) === null) faulty++;
      }
      return faulty === 0 ? 0 : ERRNO.EINVAL;
    });
  },
);
