import { must } from '../../../engine/base/assert.ts';
import { ERRNO } from '../../../engine/base/errno.ts';
import { classOf, idOfName } from '../../../engine/crush/tree.ts';
import { type ClusterStats, type OsdStat, type RawUsage, sumUsage } from '../../../engine/mon/stats.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { strayOsds } from '../../../engine/osdmap/strays.ts';
import { byteText } from '../format/size-text.ts';
import { column, textTable } from '../format/text-table.ts';
import { arrayNode, type FormatNode, itemsNamed, nodeOf, objectNode, type PlainObject } from '../format/tree.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { crushTree, osdsBelow, strayItem, type TreeItem, weightText } from './crush-tree.ts';
import { below, itemObject, statusOf } from './osd-tree.ts';
import { choice, optional, text } from './signatures.ts';

export const osdDf = cephCommand({
  words: 'osd df',
  summary: 'how full each OSD is',
  description: 'How full each OSD is; with `tree`, hosts and racks too.',
  signature: [
    optional(choice('output_method', ['plain', 'tree'])),
    optional(choice('filter_by', ['class', 'name'])),
    optional(text('filter')),
  ],
  answer: df,
});

const RIGHT = [
  'ID',
  'CLASS',
  'WEIGHT',
  'REWEIGHT',
  'SIZE',
  'RAW USE',
  'DATA',
  'OMAP',
  'META',
  'AVAIL',
  '%USE',
  'VAR',
  'PGS',
];
const COLUMNS = [...RIGHT, 'STATUS'].map((heading) => column(heading, 'left', 'right'));

interface Usage extends RawUsage {
  readonly utilization: number;
  readonly variance: number;
}

interface Report {
  readonly map: OsdMap;
  readonly items: readonly TreeItem[];
  readonly usage: ReadonlyMap<number, Usage>;
  readonly osds: ReadonlyMap<number, OsdStat>;
  readonly total: Usage;
  readonly minVar: number;
  readonly maxVar: number;
  readonly deviation: number;
}

function df(call: CephCall): CephAnswer {
  const asTree = argText(call.args, 'output_method') === 'tree';
  const wanted = wantedItems(call);
  if (!('items' in wanted)) return wanted;
  const report = makeReport(call.map, call.stats(), wanted.items, asTree, wanted.all);
  return shown(
    call,
    () => plainText(report, asTree),
    () => reportNode(report),
    '\n',
  );
}

/**
 * What is asked for: all, what is below a bucket, or the devices of a class.
 *
 * @ceph src/mgr/DaemonServer.cc "osd df" — exact, but for filters by pool
 */
function wantedItems({ map, args }: CephCall): { items: readonly TreeItem[]; all: boolean } | CephAnswer {
  const [by, filter] = [argText(args, 'filter_by'), argText(args, 'filter')];
  if (by === undefined || filter === undefined) {
    const items = crushTree(map);
    const placed = new Set(items.map(({ id }) => id));
    const strays = strayOsds(map).filter((id) => !placed.has(id));
    return { items: [...items, ...strays.map((id) => strayItem(map, id))], all: true };
  }
  const root = idOfName(map.crush, filter);
  const hasClass = [...map.crush.classNames.values()].includes(filter);
  if (by === 'class' ? !hasClass : root === undefined)
    return { code: ERRNO.EINVAL, text: `'${filter}' not a pool, crush node or device class name` };
  if (by === 'class') return { items: crushTree(map, (osd) => classOf(map.crush, osd) === filter), all: false };
  const inside = new Set(itemsBelow(map, root ?? 0));
  return { items: crushTree(map).filter(({ id }) => inside.has(id)), all: false };
}

function itemsBelow(map: OsdMap, id: number): number[] {
  return [id, ...(map.crush.buckets.get(id)?.items ?? []).flatMap((item) => itemsBelow(map, item))];
}

/** @ceph src/mon/PGMap.cc and src/osd/OSDMap.cc OSDUtilizationDumper — exact */
function makeReport(
  map: OsdMap,
  stats: ClusterStats,
  wanted: readonly TreeItem[],
  asTree: boolean,
  all: boolean,
): Report {
  const items = wanted.filter((item) => asTree || item.id >= 0);
  const osds = new Map(stats.osds.map((stat) => [stat.id, stat]));
  const raw = all ? stats.raw : sumOf(map, osds, wanted);
  const average = utilizationOf(raw);
  const usage = new Map(items.map((item) => [item.id, usageOf(map, osds, item, average)]));
  const spread = [...usage].flatMap(([id, { utilization, totalBytes }]) =>
    id >= 0 && totalBytes > 0 ? [utilization] : [],
  );
  const variances = spread.map((utilization) => (average > 0 ? utilization / average : 0));
  const squares = spread.reduce((sum, utilization) => sum + (utilization - average) ** 2, 0);
  return {
    map,
    items,
    usage,
    osds,
    total: { ...raw, utilization: average, variance: 1 },
    minVar: Math.min(...variances),
    maxVar: Math.max(...variances),
    deviation: Math.sqrt(squares / Math.max(1, spread.length)),
  };
}

/** What OSDs among some items hold together. */
function sumOf(map: OsdMap, osds: ReadonlyMap<number, OsdStat>, items: readonly TreeItem[]): RawUsage {
  const inside = items.filter(({ id }) => id >= 0 && (map.osds[id]?.weight ?? 0) > 0);
  return sumUsage(inside.map(({ id, name }) => must(osds.get(id), name)));
}

/** OSDs that are out take no part. */
function usageOf(map: OsdMap, osds: ReadonlyMap<number, OsdStat>, item: TreeItem, average: number): Usage {
  const inside = osdsBelow(map, item.id).filter((id) => (map.osds[id]?.weight ?? 0) > 0);
  const sum = sumUsage(inside.map((id) => must(osds.get(id), `statistics of osd.${id}`)));
  const utilization = utilizationOf(sum);
  return { ...sum, utilization, variance: average > 0 ? utilization / average : 0 };
}

function utilizationOf({ usedBytes, totalBytes }: RawUsage): number {
  return totalBytes > 0 ? (100 * usedBytes) / totalBytes : 0;
}

function plainText(report: Report, asTree: boolean): string {
  const columns = asTree ? [...COLUMNS, column('TYPE NAME')] : COLUMNS;
  const rows = report.items.map((item) => row(report, item, asTree));
  const total = ['', '', '', 'TOTAL', ...sizes(report.total), lowPrecision(report.total.utilization), '', '', ''];
  const { minVar, maxVar, deviation } = report;
  return (
    textTable(columns, [...rows, asTree ? [...total, ''] : total]) +
    `MIN/MAX VAR: ${lowPrecision(minVar)}/${lowPrecision(maxVar)}  STDDEV: ${lowPrecision(deviation)}\n`
  );
}

function row({ map, usage, osds }: Report, item: TreeItem, asTree: boolean): string[] {
  const own = must(usage.get(item.id), item.name);
  const osd = map.osds[item.id];
  const cells = [
    String(item.id),
    item.deviceClass ?? '',
    weightText(item.weight),
    item.id < 0 ? '-' : weightText((osd?.weight ?? 0) / 0x10000),
    ...sizes(own),
    lowPrecision(own.utilization),
    lowPrecision(own.variance),
    item.id < 0 ? '-' : String(osds.get(item.id)?.pgs ?? 0),
    item.id < 0 || osd === undefined ? '' : statusOf(osd),
  ];
  const name = item.id < 0 ? `${item.type} ${item.name}` : item.name;
  return asTree ? [...cells, '    '.repeat(item.depth) + name] : cells;
}

function sizes(usage: RawUsage): string[] {
  const { totalBytes, usedBytes, dataBytes, omapBytes, metaBytes, availBytes } = usage;
  return [totalBytes, usedBytes, dataBytes, omapBytes, metaBytes, availBytes].map(byteText);
}

function lowPrecision(value: number): string {
  return value < 0.001 ? '0' : value.toFixed(2);
}

function reportNode(report: Report): FormatNode {
  const { total, minVar, maxVar, deviation } = report;
  const nodes = report.items.map((item) => itemsNamed(nodeOf('item', itemNode(report, item)), { children: 'child' }));
  const summary = {
    total_kb: kib(total.totalBytes),
    total_kb_used: kib(total.usedBytes),
    total_kb_used_data: kib(total.dataBytes),
    total_kb_used_omap: kib(total.omapBytes),
    total_kb_used_meta: kib(total.metaBytes),
    total_kb_avail: kib(total.availBytes),
    average_utilization: total.utilization,
    min_var: minVar,
    max_var: maxVar,
    dev: deviation,
  };
  return objectNode('df', [arrayNode('nodes', nodes), arrayNode('stray', []), nodeOf('summary', summary)]);
}

function itemNode({ map, usage, osds }: Report, item: TreeItem): PlainObject {
  const own = must(usage.get(item.id), item.name);
  const osd = map.osds[item.id];
  return {
    ...itemObject(item),
    reweight: item.id < 0 ? -1 : (osd?.weight ?? 0) / 0x10000,
    kb: kib(own.totalBytes),
    kb_used: kib(own.usedBytes),
    kb_used_data: kib(own.dataBytes),
    kb_used_omap: kib(own.omapBytes),
    kb_used_meta: kib(own.metaBytes),
    kb_avail: kib(own.availBytes),
    utilization: own.utilization,
    var: own.variance,
    pgs: osds.get(item.id)?.pgs ?? 0,
    status: item.id < 0 || osd === undefined ? undefined : statusOf(osd),
    ...below(item),
  };
}

function kib(bytes: number): number {
  return Math.floor(bytes / 1024);
}
