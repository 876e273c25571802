import type { PgCondition, PgStat } from '../../../../engine/mon/pg-stat.ts';
import { isoText } from '../../format/dates.ts';
import type { PlainObject } from '../../format/tree.ts';
import type { CephCall } from '../ceph-command.ts';
import { logLength } from '../pg-table.ts';
import { scrubTimes } from './scrub-times.ts';
import { statSum } from './stat-sum.ts';

/** All that is reported of a PG. @ceph src/osd/osd_types.cc pg_stat_t::dump — exact names and order */
export function pgStatObject(call: Pick<CephCall, 'cluster' | 'map'>, pg: PgStat): PlainObject {
  const { map, cluster } = call;
  const record = cluster.pgs.record(pg.pool, pg.seed);
  const made_us = record?.created_us ?? 0;
  const scrub = scrubTimes(call, pg);
  const log = logLength(pg);
  const last = (condition: PgCondition): string => isoText(pg.times?.left[condition] ?? cluster.now_us());
  const changed = isoText(pg.times?.changed_us ?? made_us);
  return {
    pgid: pg.pgid,
    version: pg.version,
    reported_seq: log,
    reported_epoch: map.epoch,
    state: pg.state,
    last_fresh: isoText(cluster.now_us()),
    last_change: changed,
    last_active: last('active'),
    last_peered: last('peered'),
    last_clean: last('clean'),
    last_became_active: changed,
    last_became_peered: changed,
    last_unstale: last('unstale'),
    last_undegraded: last('undegraded'),
    last_fullsized: last('fullsized'),
    mapping_epoch: record?.interval.since ?? 0,
    log_start: versionText(record?.logTail),
    ondisk_log_start: versionText(record?.logTail),
    created: record?.startedEpoch ?? 0,
    last_epoch_clean: record?.cleanEpoch ?? 0,
    parent: '0.0',
    parent_split_bits: 0,
    last_scrub: scrub.last,
    last_scrub_stamp: scrub.stamp,
    last_deep_scrub: scrub.lastDeep,
    last_deep_scrub_stamp: scrub.deepStamp,
    last_clean_scrub_stamp: scrub.cleanStamp,
    objects_scrubbed: scrub.objects,
    log_size: log,
    log_dups_size: 0,
    ondisk_log_size: log,
    stats_invalid: false,
    dirty_stats_invalid: false,
    omap_stats_invalid: false,
    hitset_stats_invalid: false,
    hitset_bytes_stats_invalid: false,
    pin_stats_invalid: false,
    manifest_stats_invalid: false,
    snaptrimq_len: 0,
    last_scrub_duration: scrub.duration,
    scrub_schedule: scrub.schedule,
    scrub_duration: scrub.work,
    objects_trimmed: 0,
    snaptrim_duration: 0,
    stat_sum: statSum(map, [pg]),
    up: pg.up,
    acting: pg.acting,
    avail_no_missing: [],
    object_location_counts: [],
    blocked_by: record?.blockedBy ?? [],
    up_primary: pg.upPrimary,
    acting_primary: pg.actingPrimary,
    purged_snaps: [],
  };
}

export function versionText(at: { readonly epoch: number; readonly version: number } | undefined): string {
  return at === undefined ? "0'0" : `${at.epoch}'${at.version}`;
}
