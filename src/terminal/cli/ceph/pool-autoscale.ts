import type { PoolStat } from '../../../engine/mon/stats.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { column, textTable } from '../format/text-table.ts';
import { autoscaleThreshold } from './autoscaler-settings.ts';
import { type CephAnswer, type CephCall, cephCommand } from './ceph-command.ts';
import { siText } from './si-text.ts';

export const autoscaleStatus = cephCommand({
  words: 'osd pool autoscale-status',
  summary: 'how many placement groups the autoscaler would give each pool',
  answer: run,
});

const NAMES = [
  'POOL',
  'SIZE',
  'TARGET SIZE',
  'RATE',
  'RAW CAPACITY',
  'RATIO',
  'TARGET RATIO',
  'EFFECTIVE RATIO',
  'BIAS',
  'PG_NUM',
  'NEW PG_NUM',
  'AUTOSCALE',
  'BULK',
];

function run(call: CephCall): CephAnswer {
  if (call.format !== 'plain')
    return {
      code: EXIT_NOT_YET,
      text: `'ceph osd pool autoscale-status' is not available in this sandbox yet as ${call.format}`,
    };
  const { pools, raw } = call.stats();
  const columns = NAMES.map((name, at) =>
    column(name, at === 0 || name === 'AUTOSCALE' || name === 'BULK' ? 'left' : 'right'),
  );
  const table = textTable(
    columns,
    pools.map((stat) => row(call.map, stat, raw.totalBytes, autoscaleThreshold(call))),
  );
  // Two blanks end each line, too.
  return { output: table.replaceAll('\n', '  \n') };
}

/** Copies that a pool's PGs are weighed by against others. */
const TARGET_PGS_PER_OSD = 100;

/** @ceph src/pybind/mgr/pg_autoscaler/module.py _get_pool_status — exact for pools under one root, without target sizes and bulk */
function row(map: OsdMap, stat: PoolStat, capacity: number, threshold: number): string[] {
  const { pool } = stat;
  // What is taken on the devices, each copy once.
  const stored = Math.round(stat.usedBytes / stat.rate);
  const ratio = capacity > 0 ? (stored * stat.rate) / capacity : 0;
  const best = bestPgNum(map, stat, ratio, threshold);
  return [
    pool.name,
    siText(stored),
    '',
    stat.rate.toFixed(1),
    siText(capacity),
    ratio.toFixed(4),
    '',
    '',
    '1.0',
    String(pool.pgNum),
    best === undefined ? '' : String(best),
    pool.autoscaleMode,
    pool.flags.includes('bulk') ? 'True' : 'False',
  ];
}

/** A number of PGs that is far from what there are. */
function bestPgNum(map: OsdMap, { pool }: PoolStat, ratio: number, threshold: number): number | undefined {
  const osds = map.osds.filter((osd) => osd !== undefined && osd.weight > 0).length;
  const wanted = (ratio * TARGET_PGS_PER_OSD * osds) / pool.size;
  const least = Number(pool.options.get('pg_num_min') ?? 32);
  const best = Math.max(least, nearestPower(wanted));
  const most = pool.options.get('pg_num_max');
  const next = most === undefined ? best : Math.min(best, Number(most));
  const isFar = next > pool.pgNum * threshold || next < pool.pgNum / threshold;
  return isFar ? next : undefined;
}

function nearestPower(value: number): number {
  if (value <= 1) return 1;
  const above = 2 ** Math.ceil(Math.log2(value));
  return above - value > value - above / 2 ? above / 2 : above;
}
