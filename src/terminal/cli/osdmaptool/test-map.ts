import type { Task } from '../../../engine/base/task.ts';
import { CRUSH_ITEM_NONE, type CrushMap } from '../../../engine/crush/crush-map.ts';
import { ONE } from '../../../engine/crush/fixed.ts';
import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import { parsePgId, pgIdText } from '../../../engine/osdmap/pg-id.ts';
import { mapperOf } from '../../../engine/osdmap/pg-mapper.ts';
import { mapAhead } from '../../../engine/osdmap/pg-table.ts';
import { pgOfObject, pgSeedOfHash } from '../../../engine/osdmap/placement.ts';
import { byNumber } from '../../../engine/osdmap/wire.ts';
import type { Process } from '../../process.ts';
import { readNumber } from '../args/argparse.ts';
import { generalText } from '../format/fixed-text.ts';
import { has, numberOf, type Request, textOf } from './arguments.ts';
import { LineWriter } from './line-writer.ts';
import { ToolError } from './tool-error.ts';

const [NO_POOL, FIRST_POOL] = [-1, 1] as const;

/** `--test-map-object`: where an object's PG is. */
export function* testObject(process: Process, request: Request, map: OsdMap): Task<void> {
  let id = numberOf(request, 'pool', NO_POOL);
  if (id === NO_POOL) {
    yield* process.stdout.write('osdmaptool: assuming pool 1 (use --pool to override)\n');
    id = FIRST_POOL;
  }
  const pool = poolOr(map, id);
  const name = textOf(request, 'testMapObject');
  const { seed } = pgOfObject(pool, '', name);
  const { acting } = mapperOf(map).get(pool, seed);
  yield* process.stdout.write(` object '${name}' -> ${pgIdText(id, seed)} -> [${acting}]\n`);
}

function poolOr(map: OsdMap, id: number): PgPool {
  const pool = map.pools.get(id);
  if (pool === undefined) throw new ToolError(`There is no pool ${id}\n`);
  return pool;
}

/** `--test-map-pg`: where one PG is. */
export function* testPg(process: Process, request: Request, map: OsdMap): Task<void> {
  const text = textOf(request, 'testMapPg');
  const pg = parsePgId(text.toLowerCase());
  if (pg === undefined) throw new ToolError(`osdmaptool: failed to parse pg '${text}\n`, 1, true);
  const pool = map.pools.get(pg.pool);
  const name = pgIdText(pg.pool, pg.seed);
  yield* process.stdout.write(` parsed '${text}' -> ${name}\n`);
  // A PG beyond pg_num is that which objects of its hash are in.
  const sets = pool === undefined ? NO_SETS : setsText(map, pool, pgSeedOfHash(pool, pg.seed));
  yield* process.stdout.write(`${name} ${sets}\n`);
}

const NO_SETS = 'raw ([], p-1) up ([], p-1) acting ([], p-1)';

function lineOf(map: OsdMap, pool: PgPool, seed: number): string {
  return `${pgIdText(pool.id, seed)} ${setsText(map, pool, seed)}`;
}

function setsText(map: OsdMap, pool: PgPool, seed: number): string {
  const mapper = mapperOf(map);
  const raw = mapper.rawOsds(pool, seed);
  const { up, upPrimary, acting, actingPrimary } = mapper.get(pool, seed);
  const first = raw.find((osd) => osd !== CRUSH_ITEM_NONE) ?? -1;
  return `raw ([${raw}], p${first}) up ([${up}], p${upPrimary}) acting ([${acting}], p${actingPrimary})`;
}

/** How many PGs an OSD has, and of how many it is the first and the primary; and sets by size. */
class Counts {
  readonly all: Int32Array;
  readonly first: Int32Array;
  readonly primary: Int32Array;
  readonly sizes: number[] = [];

  constructor(osds: number) {
    [this.all, this.first, this.primary] = [new Int32Array(osds), new Int32Array(osds), new Int32Array(osds)];
  }

  add(osds: readonly number[], primary: number): void {
    this.sizes[osds.length] = (this.sizes[osds.length] ?? 0) + 1;
    for (const osd of osds) bump(this.all, osd);
    bump(this.first, osds[0] ?? -1);
    bump(this.primary, primary);
  }
}

function bump(counts: Int32Array, osd: number): void {
  if (osd >= 0 && osd < counts.length) counts[osd] = (counts[osd] ?? 0) + 1;
}

/** `--test-map-pgs` and its like. @ceph src/tools/osdmaptool.cc main — exact */
export function* testPgs(process: Process, request: Request, given: OsdMap): Task<OsdMap> {
  const map = withPgNums(request, given);
  const only = numberOf(request, 'pool', NO_POOL);
  if (only !== NO_POOL) poolOr(map, only);
  const counts = new Counts(map.maxOsd);
  const out = new LineWriter(process.stdout);
  const random = has(request, 'testRandom') ? process.cluster.rng : undefined;
  for (const [id, pool] of byNumber(map.pools)) {
    if (only !== NO_POOL && id !== only) continue;
    yield* out.line(`pool ${id} pg_num ${pool.pgNum}`);
    if (random === undefined) mapAhead(map, pool);
    for (let seed = 0; seed < pool.pgNum; seed++) {
      const placed = random === undefined ? placedAt(map, pool, seed) : placedByChance(map, pool, random);
      counts.add(placed.osds, placed.primary);
      const line = pgLine(request, map, pool, seed, placed);
      if (line !== undefined) yield* out.line(line);
    }
  }
  yield* out.line(summaryText(map, counts));
  yield* out.flush();
  return map;
}

/** More PGs than a test can map in a reasonable time. */
const MAX_PG_NUM = 1 << 24;

/** `--pg_num`: pools with another number of PGs; what is printed of the map later has it too. */
function withPgNums(request: Request, map: OsdMap): OsdMap {
  const pgNum = pgNumOf(request);
  const only = numberOf(request, 'pool', NO_POOL);
  if (pgNum <= 0) return map;
  const pools = [...map.pools].map(([id, pool]): [number, PgPool] => {
    return [id, only === NO_POOL || id === only ? { ...pool, pgNum, pgNumPending: pgNum } : pool];
  });
  return { ...map, pools: new Map(pools) };
}

/** The number that `--pg_num` gives; 0 where it is not given. */
export function pgNumOf(request: Request): number {
  if (!has(request, 'pgNum')) return 0;
  const { value, problem } = readNumber(textOf(request, 'pgNum'), 'int');
  if (problem !== '') throw new ToolError(`error parsing integer value ${longProblem(textOf(request, 'pgNum'))}\n`);
  if (value > MAX_PG_NUM) throw new ToolError(`osdmaptool: ${value} PGs are too many\n`);
  return value;
}

function longProblem(text: string): string {
  return `Expected option value to be integer, got '${text}'`;
}

interface Placed {
  readonly osds: readonly number[];
  readonly primary: number;
}

function placedAt(map: OsdMap, pool: PgPool, seed: number): Placed {
  const { acting, actingPrimary } = mapperOf(map).get(pool, seed);
  return { osds: acting, primary: actingPrimary };
}

function placedByChance(map: OsdMap, pool: PgPool, rng: Process['cluster']['rng']): Placed {
  const osds = Array.from({ length: pool.size }, () => rng.below('osdmaptool', Math.max(1, map.maxOsd)));
  return { osds, primary: osds[0] ?? -1 };
}

function pgLine(request: Request, map: OsdMap, pool: PgPool, seed: number, placed: Placed): string | undefined {
  if (has(request, 'testMapPgsDump')) return `${pgIdText(pool.id, seed)}\t[${placed.osds}]\t${placed.primary}`;
  return has(request, 'testMapPgsDumpAll') ? lineOf(map, pool, seed) : undefined;
}

function summaryText(map: OsdMap, counts: Counts): string {
  const weights = itemWeights(map.crush);
  const rows: string[] = [];
  const counted: number[] = [];
  for (const [id, osd] of map.osds.entries()) {
    const weight = weights.get(id) ?? 0;
    if (osd === undefined || osd.weight === 0 || weight <= 0) continue;
    counted.push(id);
    const figures = [counts.all[id], counts.first[id], counts.primary[id], float(weight), float(osd.weight)];
    rows.push([`osd.${id}`, ...figures].join('\t'));
  }
  const sizes = counts.sizes.flatMap((count, size) => (count > 0 ? [`size ${size}\t${count}`] : []));
  const lines = ['#osd\tcount\tfirst\tprimary\tc wt\twt', ...rows, ...spreadLines(counts, counted), ...sizes];
  return lines.join('\n');
}

function float(fixed: number): string {
  return generalText(Math.fround(fixed / ONE), 6);
}

function spreadLines(counts: Counts, counted: readonly number[]): string[] {
  const of = (id: number) => counts.all[id] ?? 0;
  const total = counted.reduce((sum, id) => sum + of(id), 0);
  const average = counted.length === 0 ? 0 : Math.floor(total / counted.length);
  const squares = counted.reduce((sum, id) => sum + (average - of(id)) ** 2, 0);
  const deviation = Math.sqrt(squares / counted.length);
  const expected = Math.sqrt((total / counted.length) * (1 - 1 / counted.length));
  const held = counted.filter((id) => of(id) > 0);
  const least = held.reduce((best, id) => (best < 0 || of(id) < of(best) ? id : best), -1);
  const most = held.reduce((best, id) => (best < 0 || of(id) > of(best) ? id : best), -1);
  const ratio = (value: number) => `${figure(value)} (${figure(value / average)}x)`;
  return [
    ` in ${counted.length}`,
    ` avg ${average} stddev ${ratio(deviation)} (expected ${figure(expected)} ${figure(expected / average)}x))`,
    ...(least >= 0 ? [` min osd.${least} ${of(least)}`] : []),
    ...(most >= 0 ? [` max osd.${most} ${of(most)}`] : []),
  ];
}

/** What is no number is a negative one for the machines that Ceph runs on. */
function figure(value: number): string {
  return Number.isNaN(value) ? '-nan' : generalText(value, 6);
}

/** The weight of each device where it first stands. @ceph src/crush/CrushWrapper.cc CrushWrapper::get_item_weight — exact */
export function itemWeights(crush: CrushMap): ReadonlyMap<number, number> {
  const weights = new Map<number, number>();
  for (const [, bucket] of [...crush.buckets].sort(([a], [b]) => b - a)) {
    for (const [at, item] of bucket.items.entries()) {
      if (!weights.has(item)) weights.set(item, bucket.itemWeights[at] ?? 0);
    }
  }
  return weights;
}
