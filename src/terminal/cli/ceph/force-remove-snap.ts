import { ERRNO } from '../../../engine/base/errno.ts';
import { type ForcedSnaps, forceRemoveSnaps, snapsToForce } from '../../../engine/mon/force-remove-snaps.ts';
import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { EXIT_NOT_YET } from '../command.ts';
import {
  answered,
  argNumber,
  type CephAnswer,
  type CephCall,
  cephCommand,
  isOn,
  requiredText,
} from './ceph-command.ts';
import { int, optional, POOL } from './signatures.ts';

/** So many ids at most. */
const MOST = 100_000;

export const poolForceRemoveSnap = cephCommand({
  words: 'osd pool force-remove-snap',
  summary: 'let OSDs trim snapshots that are gone once more, by their ids',
  description: 'From the first id up to the second, which is not among them; with --dry-run, tell which these are.',
  signature: [
    POOL,
    optional(int('lower_snapid_bound')),
    optional(int('upper_snapid_bound')),
    optional({ name: 'dry_run', type: { kind: 'bool' }, summary: 'only tell what would be done' }),
  ],
  answer,
});

function answer(call: CephCall): CephAnswer {
  const { monitor, args, map } = call;
  const pool = monitor.findPool(requiredText(args, 'pool'));
  if (pool === undefined) return answered(noSuchPool(requiredText(args, 'pool')));
  if (pool.snapMode === 'none') return { code: ERRNO.EINVAL, text: `pool ${pool.name} invalid snaps mode` };
  const lower = argNumber(args, 'lower_snapid_bound') ?? 1;
  const upper = argNumber(args, 'upper_snapid_bound') ?? pool.snapSeq;
  if (argNumber(args, 'upper_snapid_bound') !== undefined && lower > upper)
    return { code: ERRNO.ENOENT, text: "error, lower bound can't be higher than higher bound" };
  const isDry = isOn(args, 'dry_run');
  if (Math.min(upper, pool.snapSeq) - lower > MOST) return notYet('of so many ids');
  const forced = snapsToForce(map, pool, lower, upper);
  if (!isDry && forced.live.length > 0) return notYet('of snapshots that may still be there');
  if (!isDry) forceRemoveSnaps(monitor, pool, forced.removed);
  return { text: `${isDry ? 'Dry run: ' : ''}${forcedText(forced, pool.id)}` };
}

function forcedText({ from, to, purged, removed }: ForcedSnaps, pool: number): string {
  const done = removed.length === 0 ? 'no snapshots were removed' : `removed snapids: ${removed.join(',')}`;
  const already = purged.map((id) => `snapids: ${id} was already marked as purged. `).join('');
  return `force removing snap ids in the range of [${from},${to}) from pool ${pool}. ${already}${done}`;
}

function notYet(what: string): CephAnswer {
  return { code: EXIT_NOT_YET, text: `'ceph osd pool force-remove-snap' ${what} is not available in this sandbox yet` };
}
