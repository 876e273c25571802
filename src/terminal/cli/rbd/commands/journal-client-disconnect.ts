import { ERRNO } from '../../../../engine/base/errno.ts';
import { clsJournal } from '../../../../engine/codec/journal-methods.ts';
import { IMAGE_CLIENT, journalHeaderName } from '../../../../engine/librbd/journal/journal-names.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, openedJournal, orFailIn } from '../journal-image.ts';
import { RbdError } from '../rbd-error.ts';

export const journalClientDisconnect = rbdCommand(
  {
    words: ['journal', 'client', 'disconnect'],
    summary: 'Flag a reader of a journal as gone.',
    description: 'Nothing is kept for it from then on.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, { long: 'client-id', type: 'string', summary: 'The reader; all unless given' }],
  },
  function* (run) {
    const { io, id } = yield* openedJournal(run);
    const header = journalHeaderName(id);
    const wanted = optionValue(run.args, 'client-id') ?? '';
    const words = () => 'warning: failed to get journal metadata';
    const clients = yield* orFailIn('client disconnect', words, io.exec(header, clsJournal.clients, undefined));
    const gone = clients.filter((client) => client.id !== IMAGE_CLIENT && (wanted === '' || client.id === wanted));
    for (const client of gone) {
      yield* io.exec(header, clsJournal.updateClientState, { id: client.id, connected: false });
      yield* run.print(`client ${client.id} disconnected\n`);
    }
    if (gone.length > 0) return;
    const none = wanted === '' ? 'no registered clients to disconnect' : `warning: client ${wanted} is not registered`;
    throw new RbdError(`${none}\nrbd: journal client disconnect: (2) No such file or directory`, ERRNO.ENOENT, '');
  },
);
