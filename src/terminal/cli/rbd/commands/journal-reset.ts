import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, refuseJournal } from '../journal-image.ts';

export const journalReset = rbdCommand(
  {
    words: ['journal', 'reset'],
    summary: 'Begin a journal anew.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL],
  },
  refuseJournal,
);
