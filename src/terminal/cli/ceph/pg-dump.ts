import { inTableOrder } from '../../../engine/mon/pg-order.ts';
import type { PgStat } from '../../../engine/mon/pg-stat.ts';
import type { ClusterStats, OsdStat } from '../../../engine/mon/stats.ts';
import { isoText } from '../format/dates.ts';
import { formatted } from '../format/formatter.ts';
import { byteText } from '../format/size-text.ts';
import { column, textTable } from '../format/text-table.ts';
import { type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { OMAP_NOTE } from './omap-note.ts';
import { briefTable } from './pg/brief-table.ts';
import { dumpNode } from './pg/dump-object.ts';
import { peersOf } from './pg/stat-sum.ts';
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
  const given = call.args.options.get('dumpcontents') ?? ['all'];
  const what = [...new Set(given)].sort();
  const stats = call.stats();
  const answer = shown(
    call,
    () => plainDump(call, stats, new Set(what)),
    () => dumpNode(call, stats, new Set(what)),
  );
  return { ...answer, text: `dumped ${what.join(',')}` };
}

export const pgDumpJson = cephCommand({
  words: 'pg dump_json',
  summary: 'all that is known of placement groups, as JSON',
  signature: [
    { ...choice('dumpcontents', ['all', 'summary', 'sum', 'pools', 'osds', 'pgs']), optional: true, repeat: true },
  ],
  answer: (call) => ({
    output: formatted(dumpNode(call, call.stats(), new Set(['all'])), 'json'),
    text: 'dumped all',
  }),
});

export const pgDumpPoolsJson = cephCommand({
  words: 'pg dump_pools_json',
  summary: 'sums by pool, as JSON',
  answer: (call) => ({
    output: formatted(dumpNode(call, call.stats(), new Set(['pools'])), 'json'),
    text: 'dumped pools',
  }),
});

/** The whole, or the parts that were asked for, in Ceph's order. */
function plainDump(call: CephCall, stats: ClusterStats, what: ReadonlySet<string>): string {
  if (what.has('all')) return print('all', call, stats);
  if (what.has('summary') || what.has('sum')) return print('sum', call, stats);
  const parts = ['pgs_brief', 'pgs', 'pools', 'osds'].filter((part) => what.has(part));
  const text = parts.map((part) => print(part, call, stats)).join('');
  // The note on omap stands once, at the end.
  return text.includes(OMAP_NOTE) ? text.replaceAll(OMAP_NOTE, '') + OMAP_NOTE : text;
}

function print(part: string, call: CephCall, stats: ClusterStats): string {
  return PRINTERS[part]?.(call, stats) ?? '';
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
  const byPool = new Map<number, PgStat[]>(stats.pools.map(({ pool }) => [pool.id, []]));
  for (const pg of stats.pgs) byPool.get(pg.pool)?.push(pg);
  return [...byPool].reverse().map(([id, pgs]) => [id, ...sums(pgs)]);
}

function sums(pgs: readonly PgStat[]): number[] {
  const sum = (of: (pg: PgStat) => number): number => pgs.reduce((total, pg) => total + of(pg), 0);
  const log = sum((pg) => logLength(pg));
  return [
    sum((pg) => pg.objects),
    0,
    sum((pg) => pg.degraded),
    sum((pg) => pg.misplaced),
    sum((pg) => pg.unfound ?? 0),
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
  const peers = (own: OsdStat): string => setText(peersOf(osds, own.id));
  const rows = [...osds].reverse().map((osd) => [osd.id, ...usageCells(osd), peers(osd), osd.pgs, osd.primaryPgs]);
  return textTable(columns, [...rows, ['sum', ...usageCells(raw), '', '', '']]);
}

function usageCells({ usedBytes, availBytes, totalBytes }: ClusterStats['raw']): string[] {
  return [usedBytes, availBytes, usedBytes, totalBytes].map(byteText);
}
