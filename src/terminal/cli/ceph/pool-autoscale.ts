import { members, type PythonMembers, sortedPythonJson } from '../../../engine/base/python-json.ts';
import { autoscalerAdvice, autoscalerLimits, type PoolAdvice } from '../../../engine/mon/autoscaler/advice.ts';
import { column, textTable } from '../format/text-table.ts';
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

/** @ceph src/pybind/mgr/pg_autoscaler/module.py _command_autoscale_status — exact: what is no JSON is the table */
function run(call: CephCall): CephAnswer {
  const advice = autoscalerAdvice(call.map, call.stats(), autoscalerLimits(call.monitor.context.records));
  if (call.format.startsWith('json')) return { output: `${sortedPythonJson(advice.map(adviceMembers))}\n` };
  const columns = NAMES.map((name, at) =>
    column(name, at === 0 || name === 'AUTOSCALE' || name === 'BULK' ? 'left' : 'right'),
  );
  // Two blanks end each line, too.
  return { output: textTable(columns, advice.map(row)).replaceAll('\n', '  \n') };
}

function row({ stat: { pool, rate }, ...advice }: PoolAdvice): string[] {
  const ratio = (value: number): string => (value > 0 ? value.toFixed(4) : '');
  return [
    pool.name,
    siText(Math.round(advice.usedBytes / rate)),
    advice.targetBytes > 0 ? siText(advice.targetBytes) : '',
    rate.toFixed(1),
    siText(advice.capacityBytes),
    advice.capacityRatio.toFixed(4),
    ratio(advice.targetRatio),
    ratio(advice.effectiveRatio),
    floatText(advice.bias),
    String(pool.pgNumTarget),
    advice.wouldAdjust ? String(advice.finalPgs) : '',
    advice.mode,
    advice.isBulk ? 'True' : 'False',
  ];
}

/** As Python prints a float. */
function floatText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function adviceMembers({ stat: { pool, rate }, ...advice }: PoolAdvice): PythonMembers {
  const isExpected = advice.countedBytes > advice.usedBytes;
  return members({
    actual_capacity_ratio: { float: advice.usedBytes / advice.capacityBytes },
    actual_raw_used: advice.usedBytes,
    bias: { float: advice.bias },
    bulk: advice.isBulk,
    capacity_ratio: { float: advice.capacityRatio },
    crush_root_id: advice.root,
    effective_target_ratio: { float: advice.effectiveRatio },
    logical_used: { float: advice.usedBytes / rate },
    pg_autoscale_mode: advice.mode,
    pg_num_final: advice.finalPgs,
    pg_num_ideal: advice.idealPgs,
    pg_num_target: pool.pgNumTarget,
    pool_id: pool.id,
    pool_name: pool.name,
    raw_used: isExpected ? { float: advice.countedBytes } : advice.countedBytes,
    raw_used_rate: { float: rate },
    subtree_capacity: advice.capacityBytes,
    target_bytes: advice.targetBytes,
    target_ratio: { float: advice.targetRatio },
    would_adjust: advice.wouldAdjust,
  });
}
