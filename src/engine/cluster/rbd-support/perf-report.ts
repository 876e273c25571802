import { members, type PythonValue, pythonJson } from '../../base/python-json.ts';
import type { PerfImage, PerfQuery } from './perf-query.ts';

/** In the order of the counters. */
export const PERF_COUNTERS = [
  'write_ops',
  'read_ops',
  'write_bytes',
  'read_bytes',
  'write_latency',
  'read_latency',
] as const;

export type PerfCounter = (typeof PERF_COUNTERS)[number];

/** What is shown of an image: rates of the last report, or all that was counted since somebody asked. */
export type PerfReport = 'stat' | 'counter';

/** Older rates than this are none. */
const RATE_S = 60;
const SHOWN = 64;

/** An image's rates, or null where two reports are not there yet. Operations and bytes a second, latencies in nanoseconds. */
export function imageRates({ current, previous }: PerfImage): number[] | null {
  if (previous === null) return null;
  const seconds = current.at_s - previous.at_s;
  if (seconds <= 0 || seconds > RATE_S) return null;
  const rates = current.counters.map((value) => value / seconds);
  const [writes = 0, reads = 0, writeBytes = 0, readBytes = 0, writeLatency = 0, readLatency = 0] = rates;
  return [writes, reads, writeBytes, readBytes, writeLatency / Math.max(1, writes), readLatency / Math.max(1, reads)];
}

/** Images of a query, the busiest first, with what is shown of each. */
export interface PerfRow {
  readonly pool: string;
  readonly nspace: string;
  readonly image: string;
  readonly values: readonly number[];
}

/** Those with nothing to show stay in: their pools are named. @ceph src/pybind/mgr/rbd_support/perf.py generate_report — exact */
export function perfRows(query: PerfQuery, sortBy: PerfCounter, report: PerfReport): PerfRow[] {
  const index = PERF_COUNTERS.indexOf(sortBy);
  const rows = [...query.images.values()]
    .filter(({ pool }) => query.pools.has(pool))
    .map((each) => ({ each, rate: imageRates(each)?.[index] ?? 0 }));
  const busiest = rows.sort((a, b) => b.rate - a.rate).slice(0, SHOWN);
  return busiest.map(({ each }) => ({
    pool: query.pools.get(each.pool) ?? '',
    nspace: each.nspace,
    image: each.name,
    values: report === 'counter' ? each.sum : (imageRates(each) ?? each.sum.map(() => 0)),
  }));
}

export function hasValues({ values }: PerfRow): boolean {
  return values.some((value) => value !== 0);
}

/** As the manager answers. @ceph perf.py get_perf_data — exact */
export function perfJson(query: PerfQuery, sortBy: PerfCounter, report: PerfReport, now_us: number): string {
  const rows = perfRows(query, sortBy, report);
  const pools = [...new Set(rows.map(poolText))];
  const shown = rows.filter(hasValues).map((row): PythonValue => {
    const value = (number: number): PythonValue => (report === 'counter' ? number : { float: number });
    return members({ [`${pools.indexOf(poolText(row))}/${row.image}`]: row.values.map(value) });
  });
  return pythonJson(
    members({
      timestamp: { float: Math.floor(now_us / 1e6) },
      [`${report}_descriptors`]: PERF_COUNTERS,
      pool_descriptors: members(Object.fromEntries(pools.map((pool, at) => [String(at), pool]))),
      [`${report}s`]: shown,
    }),
  );
}

function poolText({ pool, nspace }: PerfRow): string {
  return nspace === '' ? pool : `${pool}/${nspace}`;
}
