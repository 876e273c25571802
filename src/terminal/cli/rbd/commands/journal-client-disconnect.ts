import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, refuseJournal } from '../journal-image.ts';

export const journalClientDisconnect = rbdCommand(
  {
    words: ['journal', 'client', 'disconnect'],
    summary: 'Flag a reader of a journal as gone.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, { long: 'client-id', type: 'string', summary: 'The reader; all unless given' }],
  },
  refuseJournal,
);
