import { CephError } from '../../base/errno.ts';
import { type RecordStore, type Table, tableName } from '../../base/records.ts';
import type { Rados } from '../../librados/rados.ts';
import {
  addCounters,
  hasImageIo,
  type ImageCounters,
  type ImageIo,
  NO_COUNTERS,
  perfQueries,
} from '../../osd/image-io.ts';
import { noSuchPoolError } from './rbd-error-text.ts';

/** Counters of one report of the OSDs. */
export interface PerfSample {
  /** Whole seconds since the Unix epoch. */
  readonly at_s: number;
  readonly counters: ImageCounters;
}

/** An image that was read or written while somebody asked. */
export interface PerfImage {
  readonly pool: number;
  readonly nspace: string;
  readonly name: string;
  readonly current: PerfSample;
  readonly previous: PerfSample | null;
  readonly sum: ImageCounters;
}

/** What somebody asked for: all pools, a pool (its default namespace alone), or a namespace. */
export interface PerfQuery {
  readonly pool: number | null;
  readonly nspace: string;
  readonly lastRequest_us: number;
  /** Pools that are shown, by id. */
  readonly pools: ReadonlyMap<number, string>;
  /** By pool, namespace and image id, in the order in which they were first seen. */
  readonly images: ReadonlyMap<string, PerfImage>;
}

/** By the spec that was asked for. */
const QUERIES = tableName<PerfQuery>('mgr/perf-queries');
/** A query that nobody has renewed for so long is dropped. @ceph perf.py QUERY_EXPIRE_INTERVAL */
const EXPIRES_US = 60_000_000;

export function perfQueryTable(records: RecordStore): Table<PerfQuery> {
  return records.table(QUERIES);
}

/** Nobody asks any more. */
export function forgetPerfQueries(records: RecordStore): void {
  for (const spec of [...perfQueryTable(records).keys()]) perfQueryTable(records).delete(spec);
  for (const spec of [...perfQueries(records).keys()]) perfQueries(records).delete(spec);
}

/**
 * Asks OSDs for counters of images, or renews what was asked for. EINVAL, ENOENT in the words of the manager.
 *
 * @ceph src/pybind/mgr/rbd_support/perf.py register_query — exact; of all pools none is shown at the first time
 */
export function askForPerf(records: RecordStore, rados: Rados, spec: string): PerfQuery {
  const now_us = rados.now_us();
  dropOldQueries(records, now_us);
  const [poolName, nspace] = perfSpec(spec);
  const known = perfQueryTable(records).get(spec);
  const query = known ?? newQuery(rados, poolName, nspace, now_us);
  const pools = known !== undefined && poolName === null ? rbdPools(rados) : query.pools;
  const asked = { ...query, pools, lastRequest_us: now_us };
  perfQueryTable(records).set(spec, asked);
  perfQueries(records).set(spec, true);
  return asked;
}

function perfSpec(spec: string): [pool: string | null, nspace: string] {
  if (spec === '') return [null, ''];
  const match = /^([^/]+)(?:\/([^/]+))?$/.exec(spec);
  if (match === null) throw new CephError('EINVAL', `Invalid pool spec: ${spec}`);
  return [match[1] ?? '', match[2] ?? ''];
}

function newQuery(rados: Rados, poolName: string | null, nspace: string, now_us: number): PerfQuery {
  const images = new Map<string, PerfImage>();
  if (poolName === null) return { pool: null, nspace, lastRequest_us: now_us, pools: new Map(), images };
  const pool = rados.findPool(poolName);
  if (pool === undefined) throw noSuchPoolError(`Pool '${poolName}' not found`);
  return { pool: pool.id, nspace, lastRequest_us: now_us, pools: new Map([[pool.id, poolName]]), images };
}

function rbdPools(rados: Rados): Map<number, string> {
  return new Map(rados.pools().flatMap(({ id, name, applications }) => (applications.has('rbd') ? [[id, name]] : [])));
}

/** @ceph perf.py scrub_expired_queries — exact */
export function dropOldQueries(records: RecordStore, now_us: number): void {
  for (const [spec, { lastRequest_us }] of [...perfQueryTable(records).entries()]) {
    if (lastRequest_us >= now_us - EXPIRES_US) continue;
    perfQueryTable(records).delete(spec);
    perfQueries(records).delete(spec);
  }
}

/** True where OSDs counted something that was not reported yet, or the last report told of something. */
export function isSomethingCounted(records: RecordStore, spec: string): boolean {
  if (hasImageIo(records)) return true;
  const images = perfQueryTable(records).get(spec)?.images.values() ?? [];
  return [...images].some(({ current }) => current.counters.some((value) => value !== 0));
}

/** True where a query shows the image. */
export function isAskedFor(query: PerfQuery, { pool, nspace }: Pick<ImageIo, 'pool' | 'nspace'>): boolean {
  return query.pools.has(pool) && (query.pool === null || query.nspace === nspace);
}

/**
 * A query after a report of the OSDs; `nameOf` gives undefined for images that are gone, which are shown no more.
 *
 * @ceph perf.py merge_raw_osd_perf_counters, sum_osd_perf_counters, scrub_missing_images — exact
 */
export function reported(
  query: PerfQuery,
  rows: readonly ImageIo[],
  nameOf: (row: ImageIo) => string | undefined,
  at_s: number,
): PerfQuery {
  const images = new Map<string, PerfImage>();
  const fresh = new Map(rows.filter((row) => isAskedFor(query, row)).map((row) => [keyOf(row), row]));
  for (const [key, image] of query.images) {
    const row = fresh.get(key);
    fresh.delete(key);
    const counters = row?.counters ?? NO_COUNTERS;
    const sum = addCounters(image.sum, counters);
    if (image.current.at_s >= at_s) images.set(key, image);
    else images.set(key, { ...image, current: { at_s, counters }, previous: image.current, sum });
  }
  for (const [key, row] of fresh) {
    const name = nameOf(row);
    const { pool, nspace, counters } = row;
    const current = { at_s, counters };
    if (name !== undefined) images.set(key, { pool, nspace, name, current, previous: null, sum: counters });
  }
  return { ...query, images };
}

function keyOf({ pool, nspace, imageId }: ImageIo): string {
  return `${pool}/${nspace}/${imageId}`;
}
