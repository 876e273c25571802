import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import type { MapPlacement, PoolPlacement } from './map-placement.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { stableMask, stableMod } from './placement.ts';

/** What has to be copied so that a cluster which is as one map wants it becomes as another wants it. */
export interface MapChanges {
  readonly pools: readonly PoolChange[];
  readonly flows: Flows;
}

export interface PoolChange {
  readonly pool: number;
  /** PGs whose OSDs changed: those of the side that has more, since a PG that splits or merges is looked at in parts. */
  readonly pgs: number;
  /** Copies (of erasure pools: shards) to be made on an OSD that has none. */
  readonly copies: number;
  /** Their share of all copies of the pool. */
  readonly ratio: number;
  /** Null where it is not known how much the pool stores. */
  readonly bytes: number | null;
}

/** Copies by the OSD that loses and the OSD that gets them, most first; -1 where none loses one. */
export interface Flows {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly copies: Uint32Array;
  readonly bytes: Float64Array;
}

const MOST_FLOWS = 2000;
const NOBODY = -1;

/** Compares the placements of two maps. @param stored bytes of one copy that pools store, by pool, where known */
export function compareMaps(
  before: MapPlacement,
  after: MapPlacement,
  stored: ReadonlyMap<number, number>,
): MapChanges {
  const flows = new FlowCount();
  const pools: PoolChange[] = [];
  for (const [id, now] of after.pools) {
    const was = before.pools.get(id);
    if (was === undefined) continue;
    pools.push(comparePool(was, now, shardBytes(after.map, now.pool, stored.get(id)), flows));
  }
  return { pools, flows: flows.most(MOST_FLOWS) };
}

/** Bytes of all copies at one place of a pool's PGs together: a shard of erasure code has a k-th of what is stored. */
function shardBytes(map: OsdMap, pool: PgPool, stored: number | undefined): number | null {
  if (stored === undefined) return null;
  return pool.type === 'erasure' ? stored / dataShards(map, pool) : stored;
}

/** k of the pool's profile; one less than min_size where the map has no such profile, as pools are made. */
export function dataShards(map: OsdMap, pool: PgPool): number {
  const k = Number(map.erasureCodeProfiles.get(pool.erasureCodeProfile)?.get('k'));
  return k > 0 ? k : Math.max(1, pool.minSize - 1);
}

/** Tables of pools that no edit touched are the same object. */
function comparePool(was: PoolPlacement, now: PoolPlacement, bytes: number | null, flows: FlowCount): PoolChange {
  const parts = was.osds === now.osds ? 0 : Math.max(was.pool.pgNum, now.pool.pgNum);
  const moved = new MovedCopies(now.pool.type === 'erasure');
  let [pgs, copies, movedBytes] = [0, 0, 0];
  for (let part = 0; part < parts; part++) {
    if (!moved.find(was, seedOf(was.pool, part), now, seedOf(now.pool, part))) continue;
    const part_bytes = (bytes ?? 0) * shareOf(part, parts);
    pgs++;
    copies += moved.count;
    movedBytes += moved.count * part_bytes;
    for (let at = 0; at < moved.count; at++) flows.add(moved.from[at] ?? NOBODY, moved.to[at] ?? NOBODY, part_bytes);
  }
  const all = parts * now.pool.size;
  return {
    pool: now.pool.id,
    pgs,
    copies,
    ratio: all > 0 ? copies / all : 0,
    bytes: bytes === null ? null : movedBytes,
  };
}

/** The PG that has a part: the part itself, or the PG that it splits from or merges into. */
function seedOf({ pgNum }: PgPool, part: number): number {
  return part < pgNum ? part : stableMod(part, pgNum, stableMask(pgNum));
}

/** The share of a pool's objects that are in one of its PGs: where their number is no power of two, some have two. */
export function shareOf(seed: number, pgNum: number): number {
  const classes = stableMask(pgNum) + 1;
  const other = seed + classes / 2;
  return (other >= pgNum && other < classes ? 2 : 1) / classes;
}

/** Which copies of a PG change their OSD. One object for all PGs, so that nothing is allocated for each. */
class MovedCopies {
  count = 0;
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly #byPlace: boolean;

  /** @param byPlace a copy is that of its place and no other, as the shards of erasure code are */
  constructor(byPlace: boolean) {
    this.#byPlace = byPlace;
  }

  /** True where the OSDs of a PG changed; then the copies stand here. */
  find(was: PoolPlacement, wasSeed: number, now: PoolPlacement, nowSeed: number): boolean {
    this.count = 0;
    const [wasAt, nowAt] = [wasSeed * was.size, nowSeed * now.size];
    if (this.#byPlace) return this.#byPlaces(was, wasAt, now, nowAt);
    let lost = 0;
    for (let at = nowAt; at < nowAt + now.size; at++) {
      const osd = now.osds[at] ?? CRUSH_ITEM_NONE;
      if (osd !== CRUSH_ITEM_NONE && !has(was, wasAt, osd)) this.to[this.count++] = osd;
    }
    for (let at = wasAt; at < wasAt + was.size; at++) {
      const osd = was.osds[at] ?? CRUSH_ITEM_NONE;
      if (osd !== CRUSH_ITEM_NONE && !has(now, nowAt, osd)) this.from[lost++] = osd;
    }
    for (let at = lost; at < this.count; at++) this.from[at] = NOBODY;
    return this.count + lost > 0;
  }

  #byPlaces(was: PoolPlacement, wasAt: number, now: PoolPlacement, nowAt: number): boolean {
    let changed = false;
    for (let place = 0; place < Math.max(was.size, now.size); place++) {
      const from = place < was.size ? (was.osds[wasAt + place] ?? CRUSH_ITEM_NONE) : CRUSH_ITEM_NONE;
      const to = place < now.size ? (now.osds[nowAt + place] ?? CRUSH_ITEM_NONE) : CRUSH_ITEM_NONE;
      if (from === to) continue;
      changed = true;
      if (to === CRUSH_ITEM_NONE) continue;
      this.from[this.count] = from === CRUSH_ITEM_NONE ? NOBODY : from;
      this.to[this.count++] = to;
    }
    return changed;
  }
}

function has({ osds, size }: PoolPlacement, at: number, osd: number): boolean {
  for (let place = at; place < at + size; place++) if (osds[place] === osd) return true;
  return false;
}

const FROM_STEP = 2 ** 31;

/** Counts copies by where they come from and go to. */
class FlowCount {
  readonly #rows = new Map<number, number>();
  readonly #copies: number[] = [];
  readonly #bytes: number[] = [];

  add(from: number, to: number, bytes: number): void {
    const key = (from + 1) * FROM_STEP + to;
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = this.#copies.push(0) - 1;
      this.#bytes.push(0);
      this.#rows.set(key, row);
    }
    this.#copies[row] = (this.#copies[row] ?? 0) + 1;
    this.#bytes[row] = (this.#bytes[row] ?? 0) + bytes;
  }

  most(limit: number): Flows {
    const [copies, bytes] = [this.#copies, this.#bytes];
    const sorted = [...this.#rows].sort(
      ([a, i], [b, j]) => (copies[j] ?? 0) - (copies[i] ?? 0) || (bytes[j] ?? 0) - (bytes[i] ?? 0) || a - b,
    );
    const rows = sorted.slice(0, limit);
    return {
      from: Int32Array.from(rows, ([key]) => Math.floor(key / FROM_STEP) - 1),
      to: Int32Array.from(rows, ([key]) => key % FROM_STEP),
      copies: Uint32Array.from(rows, ([, row]) => copies[row] ?? 0),
      bytes: Float64Array.from(rows, ([, row]) => bytes[row] ?? 0),
    };
  }
}
