import { cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { parsePgId, pgIdText } from '../../../engine/osdmap/pg-id.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf } from '../format/tree.ts';
import { fail, out, poollessCommand, printUsage, type RadosCall, wordAt } from './rados-command.ts';

const PG = { name: 'pgid', type: 'pg', optional: true } as const;

/** No PG of this cluster was ever scrubbed: so none is known to be inconsistent. */
const listPgs = poollessCommand({
  words: 'list-inconsistent-pg',
  summary: 'list the PGs of a pool in which a scrub found differences',
  positionals: [{ name: 'pool', type: 'pool', optional: true }],
  poolless: true,
  run: function* (call) {
    const name = wordAt(call, 0);
    if (call.args.positionals.length === 0) return yield* printUsage(call.process);
    if (call.rados.findPool(name) === undefined) {
      yield* fail(call, `pool "${name}" not found`);
      return yield* fail(call, `error ${ERRNO.ENOENT}: ${cppStrerror(ERRNO.ENOENT)}`);
    }
    return yield* out(call, `${formatted(nodeOf('pgs', [], 'pg'), call.format === 'plain' ? 'json' : call.format)}\n`);
  },
});

const listObjects = poollessCommand({
  words: 'list-inconsistent-obj',
  summary: 'list the objects of a PG in which a scrub found differences',
  positionals: [PG],
  poolless: true,
  run: listOfPg,
});

const listSnapSets = poollessCommand({
  words: 'list-inconsistent-snapset',
  summary: 'list the snapshot sets of a PG in which a scrub found mistakes',
  positionals: [PG],
  poolless: true,
  run: listOfPg,
});

function* listOfPg(call: RadosCall): Task<number> {
  const text = wordAt(call, 0);
  if (call.args.positionals.length === 0) return yield* printUsage(call.process);
  const pgid = parsePgId(text);
  if (pgid === undefined) {
    yield* fail(call, `bad pg: ${text}`);
    return 0;
  }
  yield* fail(call, `No scrub information available for pg ${pgIdText(pgid.pool, pgid.seed)}`);
  return yield* fail(call, `error ${ERRNO.ENOENT}: ${cppStrerror(ERRNO.ENOENT)}`);
}

/** What scrubs have found. */
export const inconsistent = [listPgs, listObjects, listSnapSets];
