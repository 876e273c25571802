import { cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type ScrubFound, scrubFound } from '../../../engine/cluster/scrub/records.ts';
import { parsePgId, pgIdText } from '../../../engine/osdmap/pg-id.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { inconsistentObjects, inconsistentSnapSets } from './inconsistent-json.ts';
import { fail, out, poollessCommand, printUsage, type RadosCall, wordAt } from './rados-command.ts';

const PG = { name: 'pgid', type: 'pg', optional: true } as const;

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
    const names = inconsistentPgs(call, name);
    return yield* out(
      call,
      `${formatted(nodeOf('pgs', names, 'pg'), call.format === 'plain' ? 'json' : call.format)}\n`,
    );
  },
});

function inconsistentPgs({ process, rados }: RadosCall, name: string): string[] {
  const pool = rados.findPool(name)?.id;
  const pgs = [...process.cluster.stats.pgStats()].filter((pg) => pg.pool === pool);
  const found = pgs.filter(({ state }) => state.split('+').includes('inconsistent'));
  return found.sort((a, b) => a.seed - b.seed).map(({ pgid }) => pgid);
}

const listObjects = poollessCommand({
  words: 'list-inconsistent-obj',
  summary: 'list the objects of a PG in which a scrub found differences',
  positionals: [PG],
  poolless: true,
  run: (call) => listOfPg(call, inconsistentObjects),
});

const listSnapSets = poollessCommand({
  words: 'list-inconsistent-snapset',
  summary: 'list the snapshot sets of a PG in which a scrub found mistakes',
  positionals: [PG],
  poolless: true,
  run: (call) => listOfPg(call, inconsistentSnapSets),
});

function* listOfPg(call: RadosCall, treeOf: (found: ScrubFound) => PlainObject): Task<number> {
  const text = wordAt(call, 0);
  if (call.args.positionals.length === 0) return yield* printUsage(call.process);
  const pgid = parsePgId(text);
  if (pgid === undefined) {
    yield* fail(call, `bad pg: ${text}`);
    return 0;
  }
  const { pgs, records } = call.process.cluster;
  const record = pgs.record(pgid.pool, pgid.seed);
  const found = record === undefined ? undefined : scrubFound(records, record);
  if (found !== undefined) {
    const format = call.format === 'plain' ? 'json' : call.format;
    return yield* out(call, formatted(nodeOf('info', treeOf(found)), format) + (format === 'json-pretty' ? '\n' : ''));
  }
  yield* fail(call, `No scrub information available for pg ${pgIdText(pgid.pool, pgid.seed)}`);
  return yield* fail(call, `error ${ERRNO.ENOENT}: ${cppStrerror(ERRNO.ENOENT)}`);
}

/** What scrubs have found. */
export const inconsistent = [listPgs, listObjects, listSnapSets];
