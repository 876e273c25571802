import { type CephError, cppStrerror } from '../../../../engine/base/errno.ts';
import { journalHeaderName, journalPrefix } from '../../../../engine/librbd/journal/journal-names.ts';
import { readJournalMetadata } from '../../../../engine/librbd/journal/metadata.ts';
import { byteText } from '../../format/size-text.ts';
import { nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, openedJournal, orFailIn } from '../journal-image.ts';
import { FORMATS } from '../options.ts';

export const journalInfo = rbdCommand(
  {
    words: ['journal', 'info'],
    summary: 'Tell about the journal of an image.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL, ...FORMATS],
  },
  function* (run) {
    const { io, id } = yield* openedJournal(run);
    const format = formatOf(run.args);
    const header = journalHeaderName(id);
    const prefix = journalPrefix(io.poolId, id);
    const words = (error: CephError) => `failed to get journal metadata: ${cppStrerror(error.errno)}`;
    const { order, splayWidth, poolId } = yield* orFailIn('info', words, readJournalMetadata(io, id));
    const objectPool = poolId < 0 ? undefined : run.rados.findPool(poolId)?.name;
    if (format !== null) {
      const facts = { journal_id: id, header_oid: header, object_oid_prefix: prefix, order, splay_width: splayWidth };
      yield* run.print(formattedText(nodeOf('journal', { ...facts, object_pool: objectPool }), format));
      return;
    }
    const lines = [
      `header_oid: ${header}`,
      `object_oid_prefix: ${prefix}`,
      `order: ${order} (${byteText(2 ** order)} objects)`,
      `splay_width: ${splayWidth}`,
      ...(objectPool === undefined ? [] : [`object_pool: ${objectPool}`]),
    ];
    yield* run.print(`rbd journal '${id}':\n${lines.map((line) => `\t${line}\n`).join('')}`);
  },
);
