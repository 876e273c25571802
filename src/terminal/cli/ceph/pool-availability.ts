import { ERRNO } from '../../../engine/base/errno.ts';
import { configFlag } from '../../../engine/mon/config/value.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { type CephAnswer, type CephCall, cephCommand } from './ceph-command.ts';
import { POOL } from './signatures.ts';

const OFF =
  'availability tracking is disabled; you can enable it by setting the config option enable_availability_tracking';
const NOT_CLEARED =
  'Availability tracking is disabled. Availability status can not be cleared while the feature is disabled. Enable it by ' +
  'setting the config option enable_availability_tracking to ``true`` then try again.';

/** How available pools were is not counted here. @ceph src/mon/OSDMonitor.cc "osd pool availability-status" — what is said while it is off */
export const availabilityCommands = [
  cephCommand({
    words: 'osd pool availability-status',
    summary: 'how often and how long pools were not there',
    answer: (call) => whileOff(call, 'osd pool availability-status', OFF),
  }),
  cephCommand({
    words: 'osd pool clear-availability-status',
    summary: 'count anew how available a pool is',
    signature: [POOL],
    answer: (call) => whileOff(call, 'osd pool clear-availability-status', NOT_CLEARED),
  }),
];

function whileOff({ monitor }: CephCall, words: string, reason: string): CephAnswer {
  if (configFlag(monitor.context.records, 'mon', 'enable_availability_tracking'))
    return { code: EXIT_NOT_YET, text: `'ceph ${words}' is not available in this sandbox yet` };
  return { code: ERRNO.EOPNOTSUPP, text: reason };
}
