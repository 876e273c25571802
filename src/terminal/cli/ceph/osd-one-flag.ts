import { setGroupFlags } from '../../../engine/mon/osd-group-flags.ts';
import { answered, argTexts, cephCommand } from './ceph-command.ts';
import { text } from './signatures.ts';

const FLAGS = ['noup', 'nodown', 'noin', 'noout'];

/** Words of earlier releases for `osd set-group` and `osd unset-group`, one flag each. */
export const oneFlagCommands = FLAGS.flatMap((flag) => [flagCommand(flag, true), flagCommand(flag, false)]);

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd add-noup" to "osd rm-noout" — exact */
function flagCommand(flag: string, on: boolean) {
  return cephCommand({
    words: `osd ${on ? 'add' : 'rm'}-${flag}`,
    summary: `${on ? 'set' : 'take back'} ${flag} of some OSDs; osd ${on ? 'set' : 'unset'}-group is the word of today`,
    signature: [{ ...text('ids'), repeat: true, completes: 'osd' }],
    answer: ({ monitor, args }) => answered(setGroupFlags(monitor, flag, argTexts(args, 'ids'), on)),
  });
}
