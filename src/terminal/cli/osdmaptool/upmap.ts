import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { mapperOf } from '../../../engine/osdmap/pg-mapper.ts';
import { calcPgUpmaps } from '../../../engine/osdmap/upmap/calc-upmaps.ts';
import { cleanPgUpmaps, sortedPgs } from '../../../engine/osdmap/upmap/clean-upmaps.ts';
import { noUpmapChange, type UpmapChange, withUpmaps } from '../../../engine/osdmap/upmap/upmap-change.ts';
import { byNumber } from '../../../engine/osdmap/wire.ts';
import type { Process } from '../../process.ts';
import { has, numberOf, type Request } from './arguments.ts';
import type { Changed } from './change-map.ts';
import { writeBytes } from './files.ts';
import { ToolError } from './tool-error.ts';

const [DEFAULT_MAX, DEFAULT_DEVIATION] = [10, 5] as const;
/** What is added to a seed from pool to pool. */
const SEED_STEP = 13;

/** `--upmap` and `--upmap-cleanup`. @ceph src/tools/osdmaptool.cc main — exact, but for the time that is printed */
export function* upmapMap(process: Process, request: Request, given: OsdMap): Task<Changed> {
  const { stdout } = process;
  if (!has(request, 'upmap', 'upmapCleanup')) return { map: given, modified: false };
  const path = lastPath(request);
  if (path !== '-') {
    yield* writeBytes(process, path, new Uint8Array(0), `error opening ${path}`);
    yield* stdout.write(`writing upmap command output to: ${path}\n`);
  }
  const commands: string[] = [];
  const tell = function* (text: string): Task<void> {
    if (path === '-') yield* stdout.write(text);
    else commands.push(text);
  };
  yield* stdout.write('checking for upmap cleanups\n');
  const change = cleanPgUpmaps(given);
  if (change !== undefined) yield* tell(commandsOf(request, change));
  const cleaned = change === undefined ? given : withUpmaps(given, change);
  const result = has(request, 'upmap')
    ? yield* balance(process, request, cleaned, tell)
    : { map: cleaned, modified: false };
  if (path !== '-') yield* writeBytes(process, path, utf8Encode(commands.join('')), `error opening ${path}`);
  return result;
}

/** The file that was named last, by whichever option. */
function lastPath({ texts }: Request): string {
  return [...(texts.get('upmapCleanup') ?? []), ...(texts.get('upmap') ?? [])].at(-1) ?? '-';
}

type Tell = (text: string) => Task<void>;

function* balance(process: Process, request: Request, given: OsdMap, tell: Tell): Task<Changed> {
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
  let map = given;
  let modified = false;
  for (let rounds = 0; ; rounds++) {
    const order = inAnyOrder(pools, process);
    yield* stdout.write(`pools ${order.map((id) => `${map.pools.get(id)?.name ?? ''} `).join('')}\n`);
    const { change, did } = balancedOnce(map, request, order, seeds);
    yield* stdout.write(`prepared ${did}/${max} changes\n`);
    if (has(request, 'upmapActive')) yield* stdout.write('Time elapsed 0 secs\n');
    if (did === 0) {
      yield* stdout.write('Unable to find further optimization, or distribution is already perfect\n');
      if (has(request, 'upmapActive')) yield* stdout.write(activeSummary(map, pools, rounds));
      return { map, modified };
    }
    yield* tell(commandsOf(request, change));
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

function balancedOnce(map: OsdMap, request: Request, pools: readonly number[], seeds: Seeds) {
  const { settings } = request;
  const change: UpmapChange = noUpmapChange();
  let left = numberOf(request, 'upmapMax', DEFAULT_MAX);
  let did = 0;
  for (const pool of pools) {
    const done = calcPgUpmaps(
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

/** @ceph src/tools/osdmaptool.cc print_inc_upmaps — exact */
function commandsOf(request: Request, change: UpmapChange): string {
  const prefix = `${has(request, 'vstart') ? './bin/' : ''}ceph osd`;
  const lines = [
    ...sortedPgs(change.oldUpmap).map((pg) => `rm-pg-upmap ${pg}`),
    ...sortedPgs(change.oldItems).map((pg) => `rm-pg-upmap-items ${pg}`),
    ...sortedPgs(change.newItems.keys()).map(
      (pg) => `pg-upmap-items ${pg} ${(change.newItems.get(pg) ?? []).flat().join(' ')}`,
    ),
    ...sortedPgs(change.oldPrimaries).map((pg) => `rm-pg-upmap-primary ${pg}`),
    ...sortedPgs(change.newPrimaries.keys()).map((pg) => `pg-upmap-primary ${pg} ${change.newPrimaries.get(pg)}`),
  ];
  return lines.map((line) => `${prefix} ${line}\n`).join('');
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
