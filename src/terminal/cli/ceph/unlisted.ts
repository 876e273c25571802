import { ERRNO } from '../../../engine/base/errno.ts';
import { destroyOsd } from '../../../engine/mon/osd-remove.ts';
import type { CephArg } from './ceph-args.ts';
import { answered, cephCommand, isOn, requiredText } from './ceph-command.ts';
import { choice, OSD, optional, SURE, text } from './signatures.ts';

/** Commands that a daemon answers to `ceph tell` and `ceph daemon` alone; the monitor that is asked for them knows none. */
const OF_DAEMONS: readonly (readonly [words: string, signature: readonly CephArg[]])[] = [
  ['compact', []],
  ['smart', [optional(text('devid'))]],
  ['mon_status', []],
  [
    'heap',
    [choice('heapcmd', ['dump', 'start_profiler', 'stop_profiler', 'release', 'stats']), optional(text('value'))],
  ],
  ['connection scores dump', []],
  ['connection scores reset', []],
  ['sync_force', [SURE]],
  ['add_bootstrap_peer_hint', [{ name: 'addr', type: { kind: 'address' } }]],
  ['add_bootstrap_peer_hintv', [text('addrv')]],
  ['quorum enter', []],
  ['quorum exit', []],
  ['ops', []],
  ['sessions', []],
  ['dump_historic_ops', []],
  ['dump_historic_ops_by_duration', []],
  ['dump_historic_slow_ops', []],
  ['dump_ops_in_flight', []],
];

/** Commands that the real tool takes and does not tell of. @ceph src/mon/MonCommands.h FLAG(HIDDEN) — exact */
export const unlistedCommands = [
  ...OF_DAEMONS.map(([words, signature]) =>
    cephCommand({
      words,
      summary: 'for ceph tell and ceph daemon',
      signature,
      answer: () => ({ code: ERRNO.EINVAL, text: 'unrecognized command' }),
    }),
  ),
  cephCommand({
    words: 'injectargs',
    summary: 'options of the monitor, for as long as it runs',
    signature: [{ ...text('injected_args'), repeat: true }],
    answer: () => ({}),
  }),
  actual('destroy'),
  actual('purge'),
];

/** What the manager passes on to the monitor once it is safe. */
function actual(how: 'destroy' | 'purge') {
  return cephCommand({
    words: `osd ${how}-actual`,
    summary: `${how} an OSD without asking whether that is safe`,
    signature: [OSD, SURE],
    answer: ({ monitor, args }) =>
      answered(destroyOsd(monitor, Number(requiredText(args, 'id')), how, isOn(args, 'yes_i_really_mean_it'))),
  });
}
