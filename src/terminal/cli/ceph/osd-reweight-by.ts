import { type ReweightBy, reweightBy as reweight } from '../../../engine/mon/reweight-by.ts';
import { EXIT_NOT_YET } from '../command.ts';
import type { CephArg } from './ceph-args.ts';
import { argNumber, argTexts, type CephAnswer, type CephCall, cephCommand, isOn } from './ceph-command.ts';
import { int, optional, POOL } from './signatures.ts';

const LIMITS: readonly CephArg[] = [
  optional(int('oload')),
  optional({ name: 'max_change', type: { kind: 'float' } }),
  optional(int('max_osds')),
];
const NO_INCREASING: CephArg = {
  name: 'no_increasing',
  type: { kind: 'bool' },
  optional: true,
  summary: 'only make weights smaller',
};
const POOLS: CephArg = { ...POOL, name: 'pools', optional: true, repeat: true };

function command(by: ReweightBy['by'], dryRun: boolean) {
  const what = by === 'pg' ? 'with too many placement groups' : 'that are too full';
  return cephCommand({
    words: `osd ${dryRun ? 'test-' : ''}reweight-by-${by}`,
    summary: dryRun ? `say which OSDs ${what} would get smaller weights` : `give OSDs ${what} smaller weights`,
    signature: [...LIMITS, by === 'pg' ? POOLS : NO_INCREASING],
    answer: (call) => run(call, by, dryRun),
  });
}

function run(call: CephCall, by: ReweightBy['by'], dryRun: boolean): CephAnswer {
  const { monitor, args } = call;
  if (call.format !== 'plain') return { code: EXIT_NOT_YET, text: `this in ${call.format} is not available yet` };
  const names = argTexts(args, 'pools');
  const pools = names.map((name) => monitor.findPool(name)?.id);
  const missing = pools.indexOf(undefined);
  if (missing >= 0) return { code: 2, text: `pool '${names[missing]}' does not exist` };
  return reweight(monitor, call.stats(), {
    ...{ by, dryRun },
    overload: argNumber(args, 'oload'),
    maxChange: argNumber(args, 'max_change'),
    maxOsds: argNumber(args, 'max_osds'),
    pools: names.length === 0 ? undefined : new Set(pools.filter((id) => id !== undefined)),
    noIncreasing: isOn(args, 'no_increasing'),
  });
}

/** `ceph osd reweight-by-…`, and what it would do. */
export const reweightBy = [
  command('utilization', false),
  command('utilization', true),
  command('pg', false),
  command('pg', true),
];
