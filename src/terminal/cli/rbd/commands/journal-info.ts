import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, refuseJournal } from '../journal-image.ts';
import { FORMATS } from '../options.ts';

export const journalInfo = rbdCommand(
  {
    words: ['journal', 'info'],
    summary: 'Tell about the journal of an image.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, ...FORMATS],
  },
  refuseJournal,
);
