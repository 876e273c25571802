import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, refuseJournal } from '../journal-image.ts';
import { FORMATS } from '../options.ts';

export const journalStatus = rbdCommand(
  {
    words: ['journal', 'status'],
    summary: 'Tell who reads a journal, and how far.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, ...FORMATS],
  },
  refuseJournal,
);
