import type { EngineContext } from '../base/context.ts';
import { type RecordStore, type Table, tableName } from '../base/records.ts';
import { requestTime_us } from '../base/request-time.ts';
import { isWrite } from '../codec/osd-op.ts';
import type { OpContext } from './op-context.ts';
import type { PgView } from './primary-log-pg.ts';

/** What was done to the data of an image: in the order that the manager names them in, latencies in nanoseconds. */
export type ImageCounters = readonly [
  writeOps: number,
  readOps: number,
  writeBytes: number,
  readBytes: number,
  writeLatency_ns: number,
  readLatency_ns: number,
];

/** Counters of one image since they were last asked for. */
export interface ImageIo {
  readonly pool: number;
  readonly nspace: string;
  readonly imageId: string;
  readonly counters: ImageCounters;
}

export const NO_COUNTERS: ImageCounters = [0, 0, 0, 0, 0, 0];

/** By pool, namespace and image. */
const IMAGE_IO = tableName<ImageIo>('osd/image-io');
/** Who asked for counters; without any, OSDs count nothing. */
const QUERIES = tableName<true>('osd/perf-queries');

/** Those that somebody asked OSDs for, by a name of their own. */
export function perfQueries(records: RecordStore): Table<true> {
  return records.table(QUERIES);
}

/** @ceph src/pybind/mgr/rbd_support/perf.py prepare_osd_perf_query — the same objects */
const DATA_OBJECT = /^(?:rbd|journal)_data\.(?:([0-9]+)\.)?([^.]+)\./;

/** Counts a request that has succeeded for the image that its object is of, while somebody asks. */
export function countImageRequest(engine: EngineContext, pg: PgView, context: OpContext): void {
  if (perfQueries(engine.records).size === 0 || engine.isRecall()) return;
  const { oid, nspace } = context.hoid;
  const match = DATA_OBJECT.exec(oid);
  if (match === null) return;
  const [, poolText, imageId = ''] = match;
  const pool = poolText === undefined ? pg.pool.id : Number(poolText);
  const key = `${pool}/${nspace}/${imageId}`;
  const table = engine.records.table(IMAGE_IO);
  const before = table.get(key)?.counters ?? NO_COUNTERS;
  table.set(key, { pool, nspace, imageId, counters: addCounters(before, countersOf(pg, context)) });
}

function countersOf(pg: PgView, { request, readBytes, writtenBytes }: OpContext): ImageCounters {
  const latency_ns = requestTime_us(readBytes, writtenBytes * pg.acting.length) * 1000;
  return request.ops.some(isWrite) ? [1, 0, writtenBytes, 0, latency_ns, 0] : [0, 1, 0, readBytes, 0, latency_ns];
}

export function addCounters(a: ImageCounters, b: ImageCounters): ImageCounters {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4], a[5] + b[5]];
}

/** What was counted since it was last taken. */
export function takeImageIo(records: RecordStore): ImageIo[] {
  const table = records.table(IMAGE_IO);
  const rows = [...table.entries()];
  for (const [key] of rows) table.delete(key);
  return rows.map(([, row]) => row);
}

/** True where something was counted that nobody has taken. */
export function hasImageIo(records: RecordStore): boolean {
  return records.table(IMAGE_IO).size > 0;
}
