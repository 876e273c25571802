import { clsJournal } from '../../../../engine/codec/journal-methods.ts';
import { journalHeaderName, journalPrefix } from '../../../../engine/librbd/journal/journal-names.ts';
import { byteText } from '../../format/size-text.ts';
import { nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, openedJournal } from '../journal-image.ts';
import { FORMATS } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const journalInfo = rbdCommand(
  {
    words: ['journal', 'info'],
    summary: 'Tell about the journal of an image.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { io, id } = yield* openedJournal(run);
    const header = journalHeaderName(id);
    const prefix = journalPrefix(io.poolId, id);
    const order = yield* orFail('journal', io.exec(header, clsJournal.getOrder, undefined));
    const splay = yield* orFail('journal', io.exec(header, clsJournal.getSplayWidth, undefined));
    if (format !== null) {
      const facts = { journal_id: id, header_oid: header, object_oid_prefix: prefix, order, splay_width: splay };
      yield* run.print(formattedText(nodeOf('journal', facts), format));
      return;
    }
    const lines = [
      `header_oid: ${header}`,
      `object_oid_prefix: ${prefix}`,
      `order: ${order} (${byteText(2 ** order)} objects)`,
      `splay_width: ${splay}`,
    ];
    yield* run.print(`rbd journal '${id}':\n${lines.map((line) => `\t${line}\n`).join('')}`);
  },
);
