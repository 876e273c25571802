import { ERRNO } from '../../../../engine/base/errno.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import type { CephArg } from '../ceph-args.ts';
import { type CephAnswer, type CephCommandSpec, cephCommand, isOn, requiredText } from '../ceph-command.ts';
import { FEATURES } from '../cluster-queries.ts';
import { choice, optional, SURE, text } from '../signatures.ts';
import { MON_ADDRESSES } from './version-text.ts';

const NAME = text('name');
const PLACE: CephArg = { name: 'args', type: { kind: 'string', goodchars: '[A-Za-z0-9-_.=]' }, repeat: true };

function notYet(words: string): CephAnswer {
  return { code: EXIT_NOT_YET, text: `'ceph ${words}' is not available in this sandbox yet` };
}

function invalid(reason: string): CephAnswer {
  return { code: ERRNO.EINVAL, text: reason };
}

/** A change of one monitor: there is one, `a`, and it stays as it is. */
function changeOf(words: string, summary: string, more: readonly CephArg[], where = '') {
  return cephCommand({
    words,
    summary,
    signature: [NAME, ...more],
    answer: ({ args }) => {
      const name = requiredText(args, 'name');
      return name === 'a' ? notYet(words) : { code: ERRNO.ENOENT, text: `mon.${name} does not exist${where}` };
    },
  });
}

/** There is one monitor, and it cannot be spared. @ceph src/mon/MonmapMonitor.cc "mon ok-to-rm", "mon ok-to-add-offline" — exact for one monitor */
const QUERIES: readonly CephCommandSpec[] = [
  {
    words: 'mon ok-to-rm',
    summary: 'could a monitor be taken away for good',
    signature: [text('id')],
    answer: ({ args }) => {
      const id = requiredText(args, 'id');
      if (id !== 'a') return { text: `mon.${id} does not exist` };
      return { code: ERRNO.EBUSY, text: 'removing mon.a would break quorum' };
    },
  },
  {
    words: 'mon ok-to-add-offline',
    summary: 'could a monitor be added that does not run yet',
    answer: () => ({ code: ERRNO.EBUSY, text: 'adding a monitor may break quorum (until that monitor starts)' }),
  },
  { words: 'mon scrub', summary: 'compare what the monitors keep: there is one', answer: () => ({}) },
];

/** What one monitor that stays refuses. @ceph src/mon/MonmapMonitor.cc prepare_command — exact for what is refused, or is so already */
const CHANGES: readonly CephCommandSpec[] = [
  {
    // With a second monitor that does not come, nobody would answer any more.
    words: 'mon add',
    summary: 'add a monitor',
    signature: [NAME, { name: 'addr', type: { kind: 'address' } }, optional({ ...PLACE, name: 'location' })],
    answer: ({ args }) => {
      if (requiredText(args, 'name') !== 'a') return notYet('mon add');
      return { code: ERRNO.EEXIST, text: `mon.a already exists at address ${MON_ADDRESSES}` };
    },
  },
  {
    words: 'mon rm',
    aliases: ['mon remove'],
    summary: 'take a monitor away',
    signature: [NAME],
    answer: ({ args }) => {
      const name = requiredText(args, 'name');
      if (name !== 'a') return { text: `mon.${name} does not exist or has already been removed` };
      return invalid('error: refusing removal of last monitor a');
    },
  },
  {
    words: 'mon feature set',
    summary: 'let monitors need a feature',
    signature: [text('feature_name'), SURE],
    answer: ({ args }) => setFeature(requiredText(args, 'feature_name'), isOn(args, 'yes_i_really_mean_it')),
  },
  {
    words: 'mon enable-msgr2',
    summary: 'let monitors speak the second protocol',
    answer: () => ({ text: 'all monitors have already enabled msrg2' }),
  },
  {
    words: 'mon set election_strategy',
    summary: 'how monitors choose their leader',
    signature: [text('strategy')],
    answer: ({ args }) => setElection(requiredText(args, 'strategy')),
  },
  {
    words: 'mon add disallowed_leader',
    summary: 'let a monitor not lead',
    signature: [NAME],
    answer: () => invalid('You cannot disallow monitors in your current election mode'),
  },
  {
    words: 'mon rm disallowed_leader',
    summary: 'let a monitor lead again',
    signature: [NAME],
    answer: () => invalid('You cannot disallow monitors in your current election mode'),
  },
  {
    words: 'mon set_new_tiebreaker',
    summary: 'which monitor decides between two halves',
    signature: [NAME, SURE],
    answer: () => invalid('Stretch mode is not enabled, so there is no tiebreaker'),
  },
  {
    words: 'mon disable_stretch_mode',
    summary: 'leave the mode of two halves',
    signature: [optional(text('crush_rule')), SURE],
    answer: () => invalid('stretch mode is already disabled'),
  },
];

/** Commands on monitors. */
export const monChangeQueries = [
  ...[...QUERIES, ...CHANGES].map(cephCommand),
  changeOf('mon set-weight', 'how readily a monitor is asked', [
    { name: 'weight', type: { kind: 'int', range: [0, 65535] } },
  ]),
  changeOf('mon set-addrs', 'where a monitor listens', [text('addrs')]),
  changeOf(
    'mon set-rank',
    'the place of a monitor among the others',
    [{ name: 'rank', type: { kind: 'int' } }],
    ' in monmap',
  ),
  changeOf('mon set_location', 'where in the CRUSH tree a monitor is', [PLACE]),
  cephCommand({
    words: 'mon set',
    summary: 'which ciphers monitors use for keys',
    signature: [
      choice('name', ['auth_service_cipher', 'auth_allowed_ciphers', 'auth_preferred_cipher']),
      text('value'),
    ],
    answer: () => notYet('mon set'),
  }),
];

function setFeature(name: string, sure: boolean): CephAnswer {
  if (!FEATURES.includes(name)) return { code: ERRNO.ENOENT, text: `unknown feature '${name}'` };
  const text = `please specify '--yes-i-really-mean-it' if you really, **really** want to set feature '[${name}]' in the monmap.`;
  if (!sure) return { code: ERRNO.EPERM, text };
  return { text: `setting feature '[${name}]' feature '[${name}]' already set on monmap` };
}

function setElection(strategy: string): CephAnswer {
  if (strategy === 'classic') return { text: 'You are already in classic election strategy' };
  if (strategy === 'disallow' || strategy === 'connectivity') return notYet(`mon set election_strategy ${strategy}`);
  return invalid('(22) Invalid argument');
}
