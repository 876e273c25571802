import { nextScrub_us } from '../../../../engine/cluster/scrub/schedule.ts';
import type { PgScrubStat, PgStat } from '../../../../engine/mon/pg-stat.ts';
import { isoText } from '../../format/dates.ts';
import type { CephCall } from '../ceph-command.ts';

/** What of a PG's scrubs is shown, in words and times as they are printed. */
export interface ScrubTimes {
  readonly last: string;
  readonly stamp: string;
  readonly lastDeep: string;
  readonly deepStamp: string;
  readonly cleanStamp: string;
  readonly objects: number;
  /** In seconds, rounded up. */
  readonly duration: number;
  /** In milliseconds. */
  readonly work: number;
  readonly schedule: string;
}

/** @ceph src/osd/osd_types.cc pg_stat_t::dump_scrub_schedule; src/mon/PGMap.cc dump_pg_stats_plain — exact */
export function scrubTimes(
  call: Pick<CephCall, 'cluster'>,
  { pool, seed, scrub }: Pick<PgStat, 'pool' | 'seed' | 'scrub'>,
): ScrubTimes {
  const made_us = call.cluster.pgs.record(pool, seed)?.created_us ?? 0;
  const { last = "0'0", last_us = made_us, lastDeep = "0'0", lastDeep_us = made_us, clean_us = made_us } = scrub ?? {};
  const duration_us = scrub?.duration_us ?? 0;
  return {
    last,
    stamp: isoText(last_us),
    lastDeep,
    deepStamp: isoText(lastDeep_us),
    cleanStamp: isoText(clean_us),
    objects: scrub?.scrubbed ?? 0,
    duration: Math.ceil(duration_us / 1e6),
    work: Math.round(duration_us / 1000),
    schedule: scheduleText(call, pool, seed, scrub),
  };
}

function scheduleText(
  call: Pick<CephCall, 'cluster'>,
  pool: number,
  seed: number,
  scrub: PgScrubStat | undefined,
): string {
  const { pgs } = call.cluster;
  const depth = scrub?.isDeep === true ? 'deep ' : '';
  if (scrub?.doing === 'queued') return `queued for ${depth}scrub`;
  if (scrub?.doing === 'scrubbing') {
    const seconds = Math.floor((call.cluster.now_us() - (scrub.since_us ?? 0)) / 1e6);
    return `${depth}scrubbing for ${seconds}s`;
  }
  const record = pgs.record(pool, seed);
  if (record === undefined || pgs.view(pool, seed)?.clean !== true) return 'no scrub is scheduled';
  const { at_us, kind } = nextScrub_us(pgs, record);
  return `periodic ${kind === 'scrub' ? '' : 'deep '}scrub scheduled @ ${isoText(at_us)}`;
}
