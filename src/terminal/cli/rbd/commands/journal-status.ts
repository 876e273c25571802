import type { JournalClient } from '../../../../engine/codec/journal-codec.ts';
import { clsJournal } from '../../../../engine/codec/journal-methods.ts';
import { journalHeaderName } from '../../../../engine/librbd/journal/journal-names.ts';
import { readJournalMetadata } from '../../../../engine/librbd/journal/metadata.ts';
import { cephHexdump } from '../../format/hexdump.ts';
import { arrayNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, openedJournal, orFailIn } from '../journal-image.ts';
import { FORMATS } from '../options.ts';

export const journalStatus = rbdCommand(
  {
    words: ['journal', 'status'],
    summary: 'Tell who reads a journal, and how far.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, ...FORMATS],
  },
  function* (run) {
    const { io, id } = yield* openedJournal(run);
    const format = formatOf(run.args);
    const header = journalHeaderName(id);
    const words = () => 'warning: failed to get journal metadata';
    const { minimumSet, activeSet } = yield* orFailIn('status', words, readJournalMetadata(io, id));
    const clients = yield* orFailIn('status', words, io.exec(header, clsJournal.clients, undefined));
    if (format !== null) {
      const list = arrayNode('registered_clients', clients.map(clientNode));
      const sets = [valueNode('minimum_set', minimumSet), valueNode('active_set', activeSet)];
      yield* run.print(formattedText(objectNode('status', [...sets, list]), format));
      return;
    }
    const text = clients.map((client) => `\t${clientText(client)}\n`).join('');
    yield* run.print(`minimum_set: ${minimumSet}\nactive_set: ${activeSet}\nregistered clients: \n${text}`);
  },
);

function clientText({ id, commitPosition, connected }: JournalClient): string {
  const positions = commitPosition.map(
    ({ object, tagTid, entryTid }) => `[object_number=${object}, tag_tid=${tagTid}, entry_tid=${entryTid}]`,
  );
  const state = connected ? 'connected' : 'disconnected';
  return `[id=${id}, commit_position=[positions=[${positions.join(', ')}]], state=${state}]`;
}

function clientNode({ id, data, commitPosition, connected }: JournalClient) {
  const positions = commitPosition.map(({ object, tagTid, entryTid }) =>
    nodeOf('object_position', { object_number: object, tag_tid: tagTid, entry_tid: entryTid }),
  );
  return objectNode('client', [
    valueNode('id', id),
    valueNode('data', cephHexdump(data)),
    objectNode('commit_position', [arrayNode('object_positions', positions)]),
    valueNode('state', connected ? 'connected' : 'disconnected'),
  ]);
}
