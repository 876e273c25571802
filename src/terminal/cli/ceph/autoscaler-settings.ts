import { setConfig } from '../../../engine/mon/config/change.ts';
import { configNumber } from '../../../engine/mon/config/value.ts';
import { setFlag } from '../../../engine/mon/osd-flags.ts';
import { type CephAnswer, type CephCall, cephCommand, requiredText } from './ceph-command.ts';
import { text } from './signatures.ts';

const THRESHOLD = 'mgr/pg_autoscaler/threshold';

/** How many times more or less PGs than best a pool may have. */
export function autoscaleThreshold({ monitor }: Pick<CephCall, 'monitor'>): number {
  return configNumber(monitor.context.records, 'mgr', THRESHOLD);
}

/** As Python prints a float. */
function thresholdText(threshold: number): string {
  return Number.isInteger(threshold) ? threshold.toFixed(1) : String(threshold);
}

/** @ceph src/pybind/mgr/pg_autoscaler/module.py set_noautoscale, unset_noautoscale — exact */
function setNoautoscale({ monitor, map }: CephCall, on: boolean): CephAnswer {
  const what = on ? 'set' : 'unset';
  if (map.flags.includes('noautoscale') === on) return { text: `noautoscale is already ${what}!` };
  setConfig(monitor, 'global', 'osd_pool_default_pg_autoscale_mode', on ? 'off' : 'on');
  setFlag(monitor, 'noautoscale', on);
  const so = on ? 'all pools now have autoscale off' : 'all pools now back to its previous mode';
  return { text: `noautoscale is ${what}, ${so}` };
}

/** Settings of the autoscaler. */
export const autoscalerSettings = [
  cephCommand({
    words: 'osd pool set threshold',
    summary: 'how many times more or less than best pg_num may be',
    signature: [{ ...text('num'), type: { kind: 'float' } }],
    answer: ({ monitor, args }) => {
      const threshold = Number(requiredText(args, 'num'));
      if (threshold < 1) return { text: 'threshold cannot be set less than 1.0' };
      setConfig(monitor, 'mgr', THRESHOLD, String(threshold));
      return { output: 'threshold updated\n' };
    },
  }),
  cephCommand({
    words: 'osd pool set noautoscale',
    summary: 'let no pool be scaled',
    answer: (call) => setNoautoscale(call, true),
  }),
  cephCommand({
    words: 'osd pool unset noautoscale',
    summary: 'let pools be scaled again',
    answer: (call) => setNoautoscale(call, false),
  }),
  cephCommand({
    words: 'osd pool get threshold',
    summary: 'how many times more or less than best pg_num may be',
    answer: (call) => ({ output: `${thresholdText(autoscaleThreshold(call))}\n` }),
  }),
  cephCommand({
    words: 'osd pool get noautoscale',
    summary: 'may pools be scaled',
    answer: ({ map }) => ({ text: `noautoscale is ${map.flags.includes('noautoscale') ? 'on' : 'off'}` }),
  }),
];
