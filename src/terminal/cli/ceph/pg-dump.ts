import { inTableOrder } from '../../../engine/mon/pg-order.ts';
import type { PgStat } from '../../../engine/mon/pg-stat.ts';
import type { ClusterStats, OsdStat } from '../../../engine/mon/stats.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { isoText } from '../format/dates.ts';
import { byteText } from '../format/size-text.ts';
import { column, textTable } from '../format/text-table.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { OMAP_NOTE } from './omap-note.ts';
import { fullPgTable, logLength, setText } from './pg-table.ts';
import { choice } from './signatures.ts';

const CONTENTS = ['all', 'summary', 'sum', 'delta', 'pools', 'osds', 'pgs', 'pgs_brief'];

export const pgDump = cephCommand({
  words: 'pg dump',
  summary: 'show what is known of all placement groups',
  description: '`pgs_brief` shows where each placement group is; `pools` and `osds` show sums.',
  signature: [{ ...choice('dumpcontents', CONTENTS), optional: true, repeat: true }],
  answer: dump,
});

function dump(call: CephCall): CephAnswer {
  const what = call.args.options.get('dumpcontents')?.[0] ?? 'all';
  const stats = call.stats();
  const printer = PRINTERS[what];
  if (printer === undefined || (call.format !== 'plain' && what !== 'pgs_brief'))
    return { code: EXIT_NOT_YET, text: `'ceph pg dump ${what}' is not available in this sandbox yet in this format` };
  const answer = shown(
    call,
    () => printer(call, stats),
    () => nodeOf('pg_map', { pg_ready: true, pg_stats: inTableOrder(stats.pgs).map(briefObject) }),
  );
  return { ...answer, text: `dumped ${what}` };
}

const PRINTERS: Readonly<Record<string, (call: CephCall, stats: ClusterStats) => string>> = {
  pgs_brief: (_, stats) => briefTable(inTableOrder(stats.pgs)),
  pools: (_, stats) => poolTable(stats) + OMAP_NOTE,
  osds: (_, stats) => osdTable(stats),
  sum: (call, stats) => head(call) + sumTables(stats) + OMAP_NOTE,
  pgs: (call, stats) => fullPgTable(call, stats.pgs) + OMAP_NOTE,
  summary: (call, stats) => head(call) + sumTables(stats) + OMAP_NOTE,
  all: (call, stats) => head(call) + fullPgTable(call, stats.pgs) + bareSums(stats) + osdTable(stats) + OMAP_NOTE,
};

function head(call: CephCall): string {
  return `version ${call.map.epoch}\nstamp ${isoText(call.cluster.now_us())}\nlast_osdmap_epoch 0\nlast_pg_scan 0\n`;
}

const BRIEF = [
  column('PG_STAT'),
  ...['STATE', 'UP', 'UP_PRIMARY', 'ACTING', 'ACTING_PRIMARY'].map((name) => column(name, 'left', 'right')),
];

function briefTable(pgs: readonly PgStat[]): string {
  return textTable(
    BRIEF,
    pgs.map((pg) => [pg.pgid, pg.state, setText(pg.up), pg.upPrimary, setText(pg.acting), pg.actingPrimary]),
  );
}

function briefObject(pg: PgStat): PlainObject {
  const { pgid, state, up, acting, upPrimary, actingPrimary } = pg;
  return { pgid, state, up, acting, up_primary: upPrimary, acting_primary: actingPrimary };
}

const SUMS = [
  'OBJECTS',
  'MISSING_ON_PRIMARY',
  'DEGRADED',
  'MISPLACED',
  'UNFOUND',
  'BYTES',
  'OMAP_BYTES*',
  'OMAP_KEYS*',
  'LOG',
  'DISK_LOG',
];
const sumColumns = (first: string) => [column(first), ...SUMS.map((name) => column(name, 'left', 'right'))];

/** Sums by pool and of all, under headings that are blank. */
function bareSums(stats: ClusterStats): string {
  const blank = ['', ...SUMS].map(() => column('', 'left', 'right'));
  return textTable(blank, poolRows(stats)) + textTable(blank, [['sum', ...sums(stats.pgs)]]);
}

function poolTable(stats: ClusterStats): string {
  return textTable(sumColumns('POOLID'), poolRows(stats));
}

function poolRows(stats: ClusterStats): (string | number)[][] {
  return [...stats.pools]
    .reverse()
    .map(({ pool }) => [pool.id, ...sums(stats.pgs.filter((pg) => pg.pool === pool.id))]);
}

function sums(pgs: readonly PgStat[]): number[] {
  const sum = (of: (pg: PgStat) => number): number => pgs.reduce((total, pg) => total + of(pg), 0);
  const log = sum((pg) => logLength(pg));
  return [
    sum((pg) => pg.objects),
    0,
    sum((pg) => pg.degraded),
    sum((pg) => pg.misplaced),
    0,
    sum((pg) => pg.bytes),
    0,
    0,
    log,
    log,
  ];
}

function sumTables(stats: ClusterStats): string {
  const osdColumns = ['USED', 'AVAIL', 'USED_RAW', 'TOTAL'].map((name) => column(name, 'left', 'right'));
  return (
    textTable(sumColumns('PG_STAT'), [['sum', ...sums(stats.pgs)]]) +
    textTable([column('OSD_STAT'), ...osdColumns], [['sum', ...usageCells(stats.raw)]])
  );
}

function osdTable({ osds, raw }: ClusterStats): string {
  const names = ['USED', 'AVAIL', 'USED_RAW', 'TOTAL'].map((name) => column(name, 'left', 'right'));
  const columns = [
    column('OSD_STAT'),
    ...names,
    column('HB_PEERS'),
    column('PG_SUM', 'left', 'right'),
    column('PRIMARY_PG_SUM', 'left', 'right'),
  ];
  const peers = (own: OsdStat): string => setText(osds.filter(({ id }) => id !== own.id).map(({ id }) => id));
  const rows = [...osds].reverse().map((osd) => [osd.id, ...usageCells(osd), peers(osd), osd.pgs, osd.primaryPgs]);
  return textTable(columns, [...rows, ['sum', ...usageCells(raw), '', '', '']]);
}

function usageCells({ usedBytes, availBytes, totalBytes }: ClusterStats['raw']): string[] {
  return [usedBytes, availBytes, usedBytes, totalBytes].map(byteText);
}
