import { ERRNO } from '../../../engine/base/errno.ts';
import type { PgStat } from '../../../engine/mon/pg-stat.ts';
import { spanText } from '../../../engine/mon/span-text.ts';
import { osdSetText } from '../../../engine/osdmap/osd-set-text.ts';
import { column, textTable } from '../format/text-table.ts';
import type { CephArg } from './ceph-args.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, requiredText, shown } from './ceph-command.ts';
import { OMAP_NOTE } from './omap-note.ts';
import { pgNodeOf } from './pg/named-arrays.ts';
import { scrubTimes } from './pg/scrub-times.ts';
import { pgStatObject } from './pg/stat-object.ts';
import { logLength, reported } from './pg-table.ts';
import { int, optional, text } from './signatures.ts';

const STATES: CephArg = { ...text('states', 'as in active+clean'), optional: true, repeat: true };
const OSD: CephArg = { name: 'osd', type: { kind: 'osd' } };

export const pgLs = cephCommand({
  words: 'pg ls',
  summary: 'placement groups, of one pool or in some state',
  signature: [optional(int('pool')), STATES],
  answer: (call) => {
    const pool = argText(call.args, 'pool');
    return list(call, (pg) => pool === undefined || pg.pool === Number(pool));
  },
});

export const pgLsByPool = cephCommand({
  words: 'pg ls-by-pool',
  summary: 'placement groups of a pool',
  signature: [{ name: 'poolstr', type: { kind: 'string' }, completes: 'pool' }, STATES],
  answer: (call) => {
    const name = requiredText(call.args, 'poolstr');
    const pool = call.monitor.findPool(name);
    if (pool === undefined) return { code: ERRNO.ENOENT, text: `pool ${name} does not exist` };
    return list(call, (pg) => pg.pool === pool.id);
  },
});

export const pgLsByOsd = cephCommand({
  words: 'pg ls-by-osd',
  summary: 'placement groups that an OSD holds',
  signature: [OSD, optional(int('pool')), STATES],
  answer: (call) => listOfOsd(call, (pg, osd) => pg.acting.includes(osd) || pg.up.includes(osd)),
});

export const pgLsByPrimary = cephCommand({
  words: 'pg ls-by-primary',
  summary: 'placement groups that an OSD is the primary of',
  signature: [OSD, optional(int('pool')), STATES],
  answer: (call) => listOfOsd(call, (pg, osd) => pg.actingPrimary === osd),
});

function listOfOsd(call: CephCall, holds: (pg: PgStat, osd: number) => boolean): CephAnswer {
  const osd = Number(requiredText(call.args, 'osd'));
  const pool = argText(call.args, 'pool');
  if (call.map.osds[osd] === undefined) return { code: ERRNO.ENOENT, text: `osd ${osd} does not exist` };
  return list(call, (pg) => holds(pg, osd) && (pool === undefined || pg.pool === Number(pool)));
}

/** @ceph src/osd/osd_types.cc pg_state_string — the states that `ceph pg ls` knows */
const KNOWN_STATES =
  'stale+creating+active+activating+clean+recovery_wait+recovery_toofull+recovering+forced_recovery+down+' +
  'recovery_unfound+backfill_unfound+undersized+degraded+remapped+premerge+scrubbing+deep+inconsistent+peering+repair+' +
  'backfill_wait+backfilling+forced_backfill+backfill_toofull+incomplete+peered+snaptrim+snaptrim_wait+snaptrim_error';

function list(call: CephCall, keep: (pg: PgStat) => boolean): CephAnswer {
  const states = (call.args.options.get('states') ?? []).flatMap((state) => state.split('+'));
  const unknown = states.find((state) => !KNOWN_STATES.split('+').includes(state));
  if (unknown !== undefined)
    return { code: ERRNO.EINVAL, text: `'${unknown}' is not a valid pg state, available choices: ${KNOWN_STATES}` };
  const pgs = call.stats().pgs.filter((pg) => keep(pg) && states.every((state) => pg.state.split('+').includes(state)));
  return pgList(call, pgs);
}

/** In order of their ids. */
function pgList(call: CephCall, pgs: readonly PgStat[]): CephAnswer {
  return shown(
    call,
    () =>
      pgs.length === 0
        ? ''
        : textTable(
            COLUMNS,
            pgs.map((pg) => row(call, pg)),
          ) + OMAP_NOTE,
    () => pgNodeOf('pg_info', { pg_ready: true, pg_stats: pgs.map((pg) => pgStatObject(call, pg)) }),
  );
}

const COLUMNS = [
  column('PG'),
  ...[
    'OBJECTS',
    'DEGRADED',
    'MISPLACED',
    'UNFOUND',
    'BYTES',
    'OMAP_BYTES*',
    'OMAP_KEYS*',
    'LOG',
    'LOG_DUPS',
    'STATE',
    'SINCE',
    'VERSION',
    'REPORTED',
    'UP',
    'ACTING',
    'SCRUB_STAMP',
    'DEEP_SCRUB_STAMP',
    'LAST_SCRUB_DURATION',
  ].map((name) => column(name, 'left', 'right')),
  column('SCRUB_SCHEDULING'),
];

function row(call: CephCall, pg: PgStat): (string | number)[] {
  const made_us = call.map.pools.get(pg.pool)?.created_us ?? 0;
  const scrub = scrubTimes(call, pg);
  return [
    pg.pgid,
    pg.objects,
    pg.degraded,
    pg.misplaced,
    pg.unfound ?? 0,
    pg.bytes,
    pg.scrub?.omapBytes ?? 0,
    pg.scrub?.omapKeys ?? 0,
    logLength(pg),
    0,
    pg.state,
    spanText(call.cluster.now_us() - (pg.times?.changed_us ?? made_us)),
    pg.version,
    reported(call, pg),
    `${osdSetText(pg.up)}p${pg.upPrimary}`,
    `${osdSetText(pg.acting)}p${pg.actingPrimary}`,
    scrub.stamp,
    scrub.deepStamp,
    scrub.duration,
    scrub.schedule,
  ];
}
