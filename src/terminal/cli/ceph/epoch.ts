import { refused } from '../../../engine/mon/mon-answer.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { answered, argNumber, type CephAnswer, type CephCall } from './ceph-command.ts';

/** The answer where a line asks for the map of another epoch than the newest; undefined where it does not. */
export function otherEpoch({ map, args }: CephCall): CephAnswer | undefined {
  const epoch = argNumber(args, 'epoch') || map.epoch;
  if (epoch > map.epoch) return answered(refused('ENOENT', `there is no map for epoch ${epoch}`));
  if (epoch === map.epoch) return undefined;
  return { code: EXIT_NOT_YET, text: 'maps of past epochs are not available in this sandbox yet' };
}
