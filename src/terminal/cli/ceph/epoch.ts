import { refused } from '../../../engine/mon/mon-answer.ts';
import { answered, argNumber, type CephAnswer, type CephCall } from './ceph-command.ts';

/**
 * What a line answers of the map of the epoch that it names, or of the newest: `answer` is given the call with that map.
 * ENOENT where there is none.
 */
export function atEpoch(call: CephCall, answer: (call: CephCall) => CephAnswer): CephAnswer {
  const epoch = argNumber(call.args, 'epoch') || call.map.epoch;
  const map = epoch === call.map.epoch ? call.map : call.monitor.mapAt(epoch);
  if (map === undefined) return answered(refused('ENOENT', `there is no map for epoch ${epoch}`));
  return answer({ ...call, map });
}
