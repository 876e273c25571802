import { createPool } from '../../../engine/mon/pool-create.ts';
import type { CephCall } from './ceph-command.ts';
import { answered, argNumber, argText, type CephAnswer, cephCommand, isOn, requiredText } from './ceph-command.ts';
import { choice, int, optional, POOL, SURE, text } from './signatures.ts';

export const poolCreate = cephCommand({
  words: 'osd pool create',
  summary: 'make a new pool',
  description:
    'Makes a pool with that many placement groups. Without a number it gets 32. A pool of that name is no error.',
  signature: [
    POOL,
    optional({ name: 'pg_num', type: { kind: 'int' } }),
    optional({ name: 'pgp_num', type: { kind: 'int' } }),
    optional(choice('pool_type', ['replicated', 'erasure'])),
    optional(text('erasure_code_profile')),
    optional({ ...text('rule'), completes: 'rule' }),
    optional(int('expected_num_objects')),
    optional(int('size')),
    optional(int('pg_num_min')),
    optional(int('pg_num_max')),
    optional(choice('autoscale_mode', ['on', 'off', 'warn'])),
    optional({ name: 'bulk', type: { kind: 'bool' }, summary: 'the pool will hold most of the data' }),
    optional(int('target_size_bytes')),
    optional({ name: 'target_size_ratio', type: { kind: 'float' } }),
    SURE,
  ],
  answer: run,
});

const OPTIONS = ['pg_num_min', 'pg_num_max', 'target_size_bytes', 'target_size_ratio'];

function run({ monitor, args }: CephCall): CephAnswer {
  const name = requiredText(args, 'pool');
  const type = argText(args, 'pool_type');
  const profile = argText(args, 'erasure_code_profile');
  const options = new Map<string, number>();
  for (const key of [...OPTIONS].sort()) {
    const value = argNumber(args, key);
    if (value !== undefined) options.set(key, value);
  }
  const mode = argText(args, 'autoscale_mode');
  return answered(
    createPool(monitor, {
      name,
      pgNum: argNumber(args, 'pg_num'),
      pgpNum: argNumber(args, 'pgp_num'),
      type,
      profile,
      // A replicated pool has no profile: what stands in its place is the rule.
      rule: argText(args, 'rule') ?? (type === 'erasure' ? undefined : profile),
      size: argNumber(args, 'size'),
      autoscaleMode: mode === 'on' || mode === 'off' || mode === 'warn' ? mode : undefined,
      bulk: isOn(args, 'bulk'),
      options,
      confirmed: isOn(args, 'yes_i_really_mean_it'),
    }),
  );
}
