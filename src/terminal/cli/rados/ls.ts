import { bytesData } from '../../../engine/base/data.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { ListedObject } from '../../../engine/librados/rados.ts';
import { FIRST_PIECE } from '../../../engine/librados/striper.ts';
import { parsePgId } from '../../../engine/osdmap/pg-id.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf } from '../format/tree.ts';
import { writeOutput } from './input.ts';
import { fail, optionOf, out, poollessCommand, type RadosCall } from './rados-command.ts';

export const ls = poollessCommand({
  words: 'ls',
  summary: 'names of the objects of a pool',
  description: 'Placement group by placement group, in the order of the reversed hash. `--all` shows namespaces.',
  poolless: true,
  run: list,
});

function* list(call: RadosCall): Task<number> {
  const { io, args } = call;
  if (args.positionals.length > 0) return yield* fail(call, 'Please use --output to specify the output file name');
  if (io === undefined && optionOf(args, 'pgid') === undefined)
    return yield* fail(call, 'either pool name or pg id needs to be specified');
  const wildcard = args.options.has('all') && !args.options.has('default');
  const text = listing(call, yield* objects(call, wildcard), wildcard);
  const file = optionOf(args, 'output');
  if (file === undefined || file === '-') return yield* out(call, text);
  yield* writeOutput(call.process, file, bytesData(utf8Encode(text)));
  return 0;
}

function* objects(call: RadosCall, wildcard: boolean): Task<readonly ListedObject[]> {
  const { io, rados, args } = call;
  const nspace = wildcard ? null : (optionOf(args, 'namespace') ?? '');
  const pgid = parsePgId(optionOf(args, 'pgid') ?? '');
  if (pgid !== undefined) return yield* rados.port.listPg(pgid.pool, pgid.seed, nspace);
  const found = io === undefined ? [] : yield* io.list(nspace);
  return args.options.has('striper') ? striped(found) : found;
}

/** Striped objects, each by the first of its row. */
function striped(found: readonly ListedObject[]): ListedObject[] {
  const first = found.filter(({ oid }) => oid.length > FIRST_PIECE.length && oid.endsWith(FIRST_PIECE));
  return first.map((object) => ({ ...object, oid: object.oid.slice(0, -FIRST_PIECE.length) }));
}

function listing(call: RadosCall, found: readonly ListedObject[], wildcard: boolean): string {
  if (call.format !== 'plain') {
    const items = found.map(({ nspace, oid, locator }) => ({
      namespace: nspace,
      name: oid,
      locator: locator === '' ? undefined : locator,
    }));
    return formatted(nodeOf('objects', items, 'object'), call.format) + (call.format === 'json-pretty' ? '\n' : '');
  }
  const lines = found.map(
    ({ nspace, oid, locator }) => `${wildcard ? `${nspace}\t` : ''}${oid}${locator === '' ? '' : `\t${locator}`}\n`,
  );
  return lines.join('');
}
