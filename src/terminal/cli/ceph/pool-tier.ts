import { ERRNO } from '../../../engine/base/errno.ts';
import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { answered, type CephAnswer, type CephCall, cephCommand, isOn, requiredText } from './ceph-command.ts';
import { POOL } from './signatures.ts';

export const tierAdd = cephCommand({
  words: 'osd tier add',
  summary: 'put a pool before another as its cache',
  signature: [
    POOL,
    { ...POOL, name: 'tierpool' },
    { name: 'force_nonempty', type: { kind: 'bool' }, optional: true, summary: 'though the pool holds objects' },
  ],
  answer: add,
});

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier add" — its refusals; pools have no tiers here */
function add(call: CephCall): CephAnswer {
  const [name, tierName] = [requiredText(call.args, 'pool'), requiredText(call.args, 'tierpool')];
  if (call.monitor.findPool(name) === undefined) return answered(noSuchPool(name));
  const tier = call.monitor.findPool(tierName);
  if (tier === undefined) return answered(noSuchPool(tierName));
  const objects = call.stats().pools.find(({ pool }) => pool.id === tier.id)?.objects ?? 0;
  if (objects > 0 && !isOn(call.args, 'force_nonempty'))
    return { code: ERRNO.ENOTEMPTY, text: `tier pool '${tierName}' is not empty; --force-nonempty to force` };
  return { code: EXIT_NOT_YET, text: `'ceph osd tier add' is not available in this sandbox yet` };
}
