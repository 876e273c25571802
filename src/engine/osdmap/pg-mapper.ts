import type { CrushMap } from '../crush/crush-map.ts';
import type { OsdMap, PgMapping, PgPool } from './osd-map.ts';
import { mapRaw, osdWeights, rawOsdsOf } from './placement.ts';
import { listAt, type PoolTable } from './pool-table.ts';

/** What CRUSH gave, for as long as crush map and weights stay the same. */
interface RawCache {
  readonly weights: Uint32Array;
  /** By {@link poolKey}, then by seed. */
  readonly pools: Map<string, (readonly number[] | undefined)[]>;
  /** Whole pools that were mapped at once, by {@link poolKey}. */
  readonly tables: Map<string, PoolTable>;
}

const rawCaches = new WeakMap<CrushMap, RawCache>();
const mappers = new WeakMap<OsdMap, PgMapper>();

/** The mapper of a map: the same one as long as the map object is the same. */
export function mapperOf(map: OsdMap): PgMapper {
  let mapper = mappers.get(map);
  if (mapper === undefined) mappers.set(map, (mapper = new PgMapper(map)));
  return mapper;
}

/**
 * Maps the PGs of one epoch and keeps each answer. What CRUSH itself gives is kept beyond the epoch, until the crush
 * map or an OSD's in/out weight changes: most epochs change neither.
 */
export class PgMapper {
  readonly map: OsdMap;
  readonly #raw: RawCache;
  readonly #mappings = new Map<number, (PgMapping | undefined)[]>();
  /** The pool that was asked for last: its PGs come one after the other. */
  #last: { readonly pool: PgPool | null; readonly raws: (readonly number[] | undefined)[] } = { pool: null, raws: [] };

  constructor(map: OsdMap) {
    this.map = map;
    this.#raw = rawCacheOf(map);
  }

  /** Where a PG's copies are; `pool` must be of this mapper's map. */
  get(pool: PgPool, seed: number): PgMapping {
    let mappings = this.#mappings.get(pool.id);
    if (mappings === undefined) this.#mappings.set(pool.id, (mappings = []));
    return (mappings[seed] ??= mapRaw(this.map, pool, seed, this.rawOsds(pool, seed)));
  }

  /** What CRUSH gives before upmap and before down OSDs are left out. */
  rawOsds(pool: PgPool, seed: number): readonly number[] {
    const raws = this.#rawsOf(pool);
    return (raws[seed] ??= this.#fromTable(pool, seed) ?? rawOsdsOf(this.map, pool, seed, this.#raw.weights));
  }

  #rawsOf(pool: PgPool): (readonly number[] | undefined)[] {
    if (this.#last.pool === pool) return this.#last.raws;
    const key = poolKey(pool);
    let raws = this.#raw.pools.get(key);
    if (raws === undefined) this.#raw.pools.set(key, (raws = []));
    this.#last = { pool, raws };
    return raws;
  }

  /** Takes over what CRUSH gave for a whole pool of this mapper's map, so that it need not be asked again. */
  takeTable(table: PoolTable): void {
    this.#raw.tables.set(poolKey(table.pool), table);
  }

  #fromTable(pool: PgPool, seed: number): readonly number[] | undefined {
    if (this.#raw.tables.size === 0) return undefined;
    const table = this.#raw.tables.get(poolKey(pool));
    return table !== undefined && seed < table.pool.pgNum ? listAt(table, table.raw, seed) : undefined;
  }
}

/** All of a pool that decides what CRUSH gives for a seed. */
function poolKey(pool: PgPool): string {
  const spread = pool.flags.includes('hashpspool') ? 'h' : '-';
  return `${pool.id}.${pool.type}.${pool.size}.${pool.crushRule}.${pool.pgpNum}.${spread}`;
}

function rawCacheOf(map: OsdMap): RawCache {
  const weights = osdWeights(map);
  const old = rawCaches.get(map.crush);
  if (old !== undefined && sameOsds(old.weights, weights)) return old;
  const fresh: RawCache = { weights, pools: new Map(), tables: new Map() };
  rawCaches.set(map.crush, fresh);
  return fresh;
}

/** Weights tell which OSDs exist as well, but for those that are out: such an OSD is in no raw set anyway. */
function sameOsds(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((weight, id) => weight === b[id]);
}
