import type { Task } from '../../../engine/base/task.ts';
import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import { balancePrimaries, type PrimaryChanges } from '../../../engine/osdmap/read/balance-primaries.ts';
import { pgsByOsd } from '../../../engine/osdmap/read/pgs-by-osd.ts';
import { affinityOf, readBalanceOf } from '../../../engine/osdmap/read-balance.ts';
import { noUpmapChange } from '../../../engine/osdmap/upmap/upmap-change.ts';
import type { Process } from '../../process.ts';
import { generalText } from '../format/fixed-text.ts';
import { has, type Request, textOf } from './arguments.ts';
import { type CommandFile, commandsOf } from './command-file.ts';
import { ToolError } from './tool-error.ts';

/** `--read`: spreads a pool's primaries. @ceph src/tools/osdmaptool.cc main — exact */
export function* balanceReads(process: Process, request: Request, map: OsdMap, file: CommandFile): Task<void> {
  const pool = poolOf(request, map);
  const bySize = has(request, 'osdSizeAware');
  if (bySize) yield* process.stdout.write(ratioText(pool));
  const changes = balancePrimaries(map, pool, bySize ? 'osd size' : 'simple');
  if (changes === undefined) {
    throw new ToolError('Error balancing primaries. Rerun with at least --debug-osd=10 for more details.\n');
  }
  if (changes.primaries.size === 0) {
    yield* process.stdout.write(' Unable to find further optimization, or distribution is already perfect\n');
    return;
  }
  const commands = commandsOf(request, { ...noUpmapChange(), newPrimaries: new Map(changes.primaries) });
  const text = summaryText(map, pool, changes);
  // Commands pass the tool's buffer by: they come first, but on a terminal.
  if (file.isStdout && !process.stdout.isTty) yield* process.stdout.write(commands + text);
  else {
    yield* process.stdout.write(text);
    yield* file.write(commands);
  }
}

function poolOf(request: Request, map: OsdMap): PgPool {
  const name = textOf(request, 'readPool');
  const pool = [...map.pools.values()].find((each) => each.name === name);
  if (pool === undefined) throw new ToolError(` pool ${name} does not exist\n`);
  if (pool.type === 'replicated') return pool;
  throw new ToolError(`${name} is an erasure coded pool; please try again with a replicated pool.\n`);
}

function ratioText({ name, options }: PgPool): string {
  const ratio = Number(options.get('read_ratio') ?? 0);
  if (ratio > 0 && ratio <= 100) {
    return `Accounting for devices of different sizes on pool ${name} with a read ratio of ${ratio}.\n`;
  }
  const how = "To set read ratio, please run 'ceph osd pool set <pool name> read_ratio <value>'.";
  throw new ToolError(`The read ratio for pool ${name} is unset or invalid. ${how}\n`);
}

function summaryText(map: OsdMap, pool: PgPool, { primaries, tried }: PrimaryChanges): string {
  const before = `---------- BEFORE ------------ \n${primariesText(map, pool)}`;
  const after = `---------- AFTER ------------ \n${primariesText(tried, pool)}`;
  return ` \n${before}${after}num changes: ${primaries.size}\n`;
}

function primariesText(map: OsdMap, pool: PgPool): string {
  const lines = [...pgsByOsd(map, pool).primaries].map(([osd, pgs]) => {
    const affinity = generalText(affinityOf(map, osd), 6);
    return ` osd.${osd} | primary affinity: ${affinity} | number of prims: ${pgs.size}\n`;
  });
  const score = generalText(readBalanceOf(map, pool)?.scoreStable ?? 0, 6);
  return `${lines.join('')} \nread_balance_score of '${pool.name}': ${score}\n\n\n`;
}
