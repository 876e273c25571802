import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, refuseJournal } from '../journal-image.ts';

export const journalInspect = rbdCommand(
  {
    words: ['journal', 'inspect'],
    summary: 'Look for faults in a journal.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, { long: 'verbose', summary: 'Each entry' }],
  },
  refuseJournal,
);
