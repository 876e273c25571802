import { ERRNO } from '../../../engine/base/errno.ts';
import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { EXIT_NOT_YET } from '../command.ts';
import type { CephArg } from './ceph-args.ts';
import { answered, type CephAnswer, cephCommand, isOn, requiredText } from './ceph-command.ts';
import { POOL, SURE, text } from './signatures.ts';

const COUNT = (name: string): CephArg => ({ name, type: { kind: 'int', range: [0] } });
const SIZES: readonly CephArg[] = [text('crush_rule'), COUNT('size'), COUNT('min_size')];

const HEALTHY =
  'This command will require peering across multiple CRUSH buckets (probably two data centers or availability zones?) ' +
  'and may result in PGs going inactive until backfilling is complete. Pass --yes-i-really-mean-it to proceed.';
const RECOVERY =
  'This command will increase pool sizes to try and spread them across multiple CRUSH buckets (probably two data ' +
  'centers or availability zones?) and should have happened automaticallyPass --yes-i-really-mean-it to proceed.';
const CRIMSON =
  'This command will allow usage of crimson-osd osd daemons.  crimson-osd is not considered stable and will likely ' +
  'cause crashes or data corruption.  At this time, crimson-osd is mainly useful for performance evaluation, testing, ' +
  "and development.  If you are sure, add --yes-i-really-mean-it and add 'crimson' to the experimental features config.  " +
  'This setting is irrevocable.';

/** A cluster of two halves: this one is not. @ceph src/mon/OSDMonitor.cc prepare_command_impl — exact for a cluster in one piece */
export const stretchCommands = [
  forced('osd force_healthy_stretch_mode', 'say that both halves are well', HEALTHY, 'Triggering healthy stretch mode'),
  forced('osd force_recovery_stretch_mode', 'bring a half back', RECOVERY, 'Triggering recovery stretch mode'),
  cephCommand({
    words: 'osd pool stretch unset',
    summary: 'let a pool be no longer stretched',
    signature: [POOL, ...SIZES],
    answer: ({ monitor, args }) => {
      const name = requiredText(args, 'pool');
      if (monitor.findPool(name) === undefined) return answered(noSuchPool(name));
      return { code: ERRNO.ENOENT, text: `pool ${name} is not a stretch pool` };
    },
  }),
  cephCommand({
    words: 'osd pool stretch set',
    summary: 'let a pool peer only across several buckets',
    signature: [
      POOL,
      COUNT('peering_crush_bucket_count'),
      COUNT('peering_crush_bucket_target'),
      text('peering_crush_bucket_barrier'),
      ...SIZES,
      SURE,
    ],
    answer: () => notYet('osd pool stretch set'),
  }),
  cephCommand({
    words: 'osd set-allow-crimson',
    summary: 'let OSDs of another kind take part',
    signature: [SURE],
    answer: () => ({ code: ERRNO.EPERM, text: CRIMSON }),
  }),
];

function notYet(words: string): CephAnswer {
  return { code: EXIT_NOT_YET, text: `'ceph ${words}' is not available in this sandbox yet` };
}

function forced(words: string, summary: string, warning: string, done: string) {
  return cephCommand({
    words,
    summary,
    signature: [SURE],
    answer: ({ args }) => (isOn(args, 'yes_i_really_mean_it') ? { text: done } : { code: ERRNO.EPERM, text: warning }),
  });
}
