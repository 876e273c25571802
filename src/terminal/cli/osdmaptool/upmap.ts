import { must } from '../../../engine/base/assert.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { mapperOf } from '../../../engine/osdmap/pg-mapper.ts';
import { mapAhead } from '../../../engine/osdmap/pg-table.ts';
import { upmapRounds } from '../../../engine/osdmap/upmap/calc-upmaps.ts';
import { cleanPgUpmaps } from '../../../engine/osdmap/upmap/clean-upmaps.ts';
import { noUpmapChange, type UpmapChange, withUpmaps } from '../../../engine/osdmap/upmap/upmap-change.ts';
import { byNumber } from '../../../engine/osdmap/wire.ts';
import type { Process } from '../../process.ts';
import { has, numberOf, type Request } from './arguments.ts';
import type { Changed } from './change-map.ts';
import { type CommandFile, commandsOf, openCommandFile } from './command-file.ts';
import { balanceReads } from './read.ts';
import { ToolError } from './tool-error.ts';

const [DEFAULT_MAX, DEFAULT_DEVIATION] = [10, 5] as const;
/** What is added to a seed from pool to pool. */
const SEED_STEP = 13;

/**
 * `--upmap-cleanup`, `--read` and `--upmap`, in this order.
 *
 * @ceph src/tools/osdmaptool.cc main — exact, but for the time that is printed
 */
export function* upmapMap(process: Process, request: Request, given: OsdMap): Task<Changed> {
  if (!has(request, 'upmap', 'upmapCleanup', 'read')) return { map: given, modified: false };
  const file = yield* openCommandFile(process, request.commandFile);
  const cleaned = has(request, 'upmap', 'upmapCleanup') ? yield* cleanUpmaps(process, request, given, file) : given;
  if (has(request, 'read')) yield* balanceReads(process, request, cleaned, file);
  const result = has(request, 'upmap')
    ? yield* balance(process, request, cleaned, file)
    : { map: cleaned, modified: false };
  yield* file.close();
  return result;
}

function* cleanUpmaps(process: Process, request: Request, map: OsdMap, file: CommandFile): Task<OsdMap> {
  yield* process.stdout.write('checking for upmap cleanups\n');
  const change = cleanPgUpmaps(map);
  if (change === undefined) return map;
  yield* file.write(commandsOf(request, change));
  return withUpmaps(map, change);
}

function* balance(process: Process, request: Request, given: OsdMap, file: CommandFile): Task<Changed> {
  const { stdout } = process;
  const max = numberOf(request, 'upmapMax', DEFAULT_MAX);
  const deviation = numberOf(request, 'upmapDeviation', DEFAULT_DEVIATION);
  yield* stdout.write(`upmap, max-count ${max}, max deviation ${deviation}\n`);
  const pools = yield* poolsOf(process, request, given);
  if (pools.length === 0) {
    yield* stdout.write('No pools available\n');
    return { map: given, modified: false };
  }
  const seeds = new Seeds(process, request);
  for (const id of pools) mapAhead(given, must(given.pools.get(id), 'pool'));
  let map = given;
  let modified = false;
  for (let rounds = 0; ; rounds++) {
    const order = inAnyOrder(pools, process);
    yield* stdout.write(`pools ${order.map((id) => `${map.pools.get(id)?.name ?? ''} `).join('')}\n`);
    const { change, did } = yield* balancedOnce(map, request, order, seeds);
    yield* stdout.write(`prepared ${did}/${max} changes\n`);
    if (has(request, 'upmapActive')) yield* stdout.write('Time elapsed 0 secs\n');
    if (did === 0) {
      yield* stdout.write('Unable to find further optimization, or distribution is already perfect\n');
      if (has(request, 'upmapActive')) yield* stdout.write(activeSummary(map, pools, rounds));
      return { map, modified };
    }
    yield* file.write(commandsOf(request, change));
    if (has(request, 'save', 'upmapActive')) map = withUpmaps(map, change);
    if (has(request, 'save')) modified = true;
    if (!has(request, 'upmapActive')) return { map, modified };
  }
}

function* poolsOf(process: Process, request: Request, map: OsdMap): Task<number[]> {
  const names = [...new Set(request.texts.get('upmapPool') ?? [])].sort();
  if (names.length === 0) return byNumber(map.pools).map(([id]) => id);
  const ids = names.map((name) => {
    const found = [...map.pools.values()].find((pool) => pool.name === name);
    if (found === undefined) throw new ToolError(` pool ${name} does not exist\n`);
    return found.id;
  });
  yield* process.stdout.write(` limiting to pools ${names.join(',')} ([${ids}])\n`);
  return ids;
}

/** Pools take turns, so that none is always the last. */
function inAnyOrder(pools: readonly number[], process: Process): number[] {
  if (pools.length < 2) return [...pools];
  const keyed = pools.map((id) => ({ id, key: process.cluster.rng.below('osdmaptool', 1 << 30) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ id }) => id);
}

/** Seeds of shuffles: one after another from that given, else by chance. */
class Seeds {
  readonly #process: Process;
  #given: number | undefined;
  #count = 0;

  constructor(process: Process, request: Request) {
    this.#process = process;
    this.#given = request.numbers.get('upmapSeed');
  }

  next(): number {
    if (this.#given === undefined) return this.#process.cluster.rng.below('osdmaptool', 1 << 30);
    return this.#given + this.#count++;
  }

  nextPool(): void {
    if (this.#given !== undefined) this.#given += SEED_STEP;
  }
}

interface Balanced {
  readonly change: UpmapChange;
  readonly did: number;
}

function* balancedOnce(map: OsdMap, request: Request, pools: readonly number[], seeds: Seeds): Task<Balanced> {
  const { settings } = request;
  const change: UpmapChange = noUpmapChange();
  let left = numberOf(request, 'upmapMax', DEFAULT_MAX);
  let did = 0;
  for (const pool of pools) {
    const done = yield* upmapRounds(
      map,
      {
        maxDeviation: numberOf(request, 'upmapDeviation', DEFAULT_DEVIATION),
        max: left,
        pools: [pool],
        aggressive: settings.isOn('osd_calc_pg_upmaps_aggressively'),
        fast: settings.isOn('osd_calc_pg_upmaps_aggressively_fast'),
        localRetries: settings.number('osd_calc_pg_upmaps_local_fallback_retries'),
        nextSeed: () => seeds.next(),
      },
      change,
    );
    did += done;
    left -= done;
    if (left <= 0) break;
    seeds.nextPool();
  }
  return { change, did };
}

function activeSummary(map: OsdMap, pools: readonly number[], rounds: number): string {
  const counts = new Map<number, number>();
  for (const id of pools) {
    const pool = map.pools.get(id);
    for (let seed = 0; pool !== undefined && seed < pool.pgNum; seed++) {
      for (const osd of mapperOf(map).get(pool, seed).up) counts.set(osd, (counts.get(osd) ?? 0) + 1);
    }
  }
  const lines = byNumber(counts).map(([osd, pgs]) => `osd.${osd} pgs ${pgs}\n`);
  return `${lines.join('')}Total time elapsed 0 secs, ${rounds} rounds\n`;
}
