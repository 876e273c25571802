import type { Task } from '../../../engine/base/task.ts';
import { OSD_DATA } from '../../../engine/cluster/osd-files/osd-files.ts';
import { clusterStats } from '../../../engine/mon/stats.ts';
import { parsePgId } from '../../../engine/osdmap/pg-id.ts';
import type { Process } from '../../process.ts';
import { storedPgInfo } from '../ceph/pg/query-object.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { explainFor } from '../explain/explain.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf } from '../format/tree.ts';
import { readArguments, type ToolArguments, usageText } from './arguments.ts';
import { findObject, lineOf, objectsOf, pgsOf } from './find-object.ts';
import { runObjectCommand } from './object-commands.ts';
import { fail, print, type ToolCall } from './tool-call.ts';

const OPS =
  'info, log, remove, mkfs, fsck, repair, export, export-remove, import, list, fix-lost, list-pgs, dump-super, ' +
  'meta-list, get-osdmap, set-osdmap, get-superblock, set-superblock, get-inc-osdmap, set-inc-osdmap, mark-complete, ' +
  'reset-last-complete, dump-export, trim-pg-log, trim-pg-log-dups statfs';

/**
 * `ceph-objectstore-tool`: an OSD's store, looked at and changed while the OSD does not run.
 * @ceph src/tools/ceph_objectstore_tool.cc main — the same checks in the same order
 */
export function* objectstoreTool(process: Process): Task<number> {
  const args = readArguments(process.argv.slice(1));
  const usage = usageText(explainFor(process.env));
  if (args.error !== undefined) return yield* fail({ process }, args.error);
  if (args.options.has('help')) return yield* print({ process }, usage);
  const path = args.options.get('data-path');
  if (path === undefined) return yield* fail({ process }, `Must provide --data-path\n${usage}`);
  const wrong = wrongCall(args, usage);
  if (wrong !== null) return yield* fail({ process }, wrong);
  const osd = osdOf(process, path);
  if (osd === null) return yield* fail({ process }, `--data-path ${path}: (2) No such file or directory`);
  if (process.cluster.daemons.isRunning(osd))
    return yield* fail({ process }, "Mount failed with '(11) Resource temporarily unavailable'");
  const call: ToolCall = { ...args, process, osd };
  return args.options.has('op') ? yield* runOp(call, args.options.get('op') ?? '') : yield* onObject(call);
}

function wrongCall({ options, words }: ToolArguments, usage: string): string | null {
  const op = options.get('op');
  if (op === undefined && words.length < 2) return `Must provide --op or object command...\n${usage}`;
  if (op !== undefined && !OPS.split(/,? /).includes(op)) return `Must provide --op (${OPS})\n${usage}`;
  const pgid = options.get('pgid');
  if (pgid !== undefined && parsePgId(pgid.replace(/s\d+$/, '')) === undefined)
    return `Invalid pgid '${pgid}' specified`;
  return null;
}

function osdOf({ cluster, files }: Process, path: string): number | null {
  const match = new RegExp(`^${OSD_DATA}/ceph-(\\d{1,6})$`).exec(files.resolve(path));
  const osd = Number(match?.[1]);
  return match !== null && cluster.monitor.map().osds[osd] !== undefined ? osd : null;
}

function* runOp(call: ToolCall, op: string): Task<number> {
  if (op === 'list-pgs')
    return yield* print(
      call,
      pgsOf(call)
        .map(({ name }) => `${name}\n`)
        .join(''),
    );
  if (op === 'list') return yield* print(call, listOf(call));
  if (op === 'info') return yield* pgInfo(call);
  yield* call.process.stderr.write(`ceph-objectstore-tool: --op ${op} is not available in this sandbox yet\n`);
  return EXIT_NOT_YET;
}

/** Each PG's own object stands before those that it holds. */
function listOf(call: ToolCall): string {
  const [name] = call.words;
  const objects = objectsOf(call);
  const lines = pgsOf(call).flatMap((pg) => {
    const own = objects.filter((object) => object.pg.name === pg.name);
    const named = name === undefined ? own : own.filter(({ onode }) => onode.hoid.oid === name);
    return [...(name === undefined ? [lineOf(pg, null)] : []), ...named.map(({ onode }) => lineOf(pg, onode.hoid))];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function* pgInfo(call: ToolCall): Task<number> {
  const pgid = call.options.get('pgid');
  if (pgid === undefined) return yield* fail(call, `Must provide pgid\n${usageText(explainFor(call.process.env))}`);
  const [pg] = pgsOf(call);
  const { cluster } = call.process;
  const map = cluster.monitor.map();
  const stats = clusterStats(map, cluster.stats).pgs.find(
    ({ pool, seed }) => pool === pg?.record.pool && seed === pg.record.seed,
  );
  if (pg === undefined || stats === undefined) return yield* fail(call, `PG '${pgid}' not found`);
  const shard = Number(/s(\d+)$/.exec(pg.name)?.[1] ?? -1);
  const tree = storedPgInfo(cluster, stats, pg.record, call.osd, shard);
  return yield* print(call, `${formatted(nodeOf('info', tree), 'json-pretty')}\n\n`);
}

function* onObject(call: ToolCall): Task<number> {
  const [word = ''] = call.words;
  const object = findObject(call, word);
  if (object === null) return yield* fail(call, `No object id '${word}' found or invalid JSON specified`);
  if (typeof object === 'number')
    return yield* fail(
      call,
      `Found ${object} objects with id '${word}', please use a JSON spec from --op list instead`,
    );
  return yield* runObjectCommand(call, object);
}
