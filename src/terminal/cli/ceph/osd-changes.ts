import { setRequireMinCompatClient, setRequireOsdRelease } from '../../../engine/mon/compat-client.ts';
import { setFlag } from '../../../engine/mon/osd-flags.ts';
import { setGroupFlags } from '../../../engine/mon/osd-group-flags.ts';
import { type Ratio, setFullRatio } from '../../../engine/mon/osd-ratio.ts';
import { reweightOsds } from '../../../engine/mon/osd-reweightn.ts';
import { markOsds, reweightOsd, setPrimaryAffinity } from '../../../engine/mon/osd-state.ts';
import { stopOsds } from '../../../engine/mon/osd-stop.ts';
import type { CephArg } from './ceph-args.ts';
import { answered, argTexts, type CephAnswer, type CephCall, cephCommand, requiredText } from './ceph-command.ts';
import { choice, OSD, SURE, text } from './signatures.ts';

const IDS: CephArg = { ...text('ids'), repeat: true, completes: 'osd' };
const WEIGHT: CephArg = { name: 'weight', type: { kind: 'float', range: [0, 1] } };

export const osdOut = cephCommand({
  words: 'osd out',
  summary: 'take OSDs out, so that their placement groups move elsewhere; <any|all> takes all',
  signature: [IDS],
  answer: (call) => mark(call, 'out'),
});

export const osdIn = cephCommand({
  words: 'osd in',
  summary: 'take OSDs in again; <any|all> takes all that are out',
  signature: [IDS],
  answer: (call) => mark(call, 'in'),
});

export const osdDown = cephCommand({
  words: 'osd down',
  summary: 'call OSDs down; a daemon that runs comes up again by itself',
  signature: [IDS, { name: 'definitely_dead', type: { kind: 'bool' }, optional: true, summary: 'it is surely gone' }],
  answer: (call) => mark(call, 'down'),
});

export const osdStop = cephCommand({
  words: 'osd stop',
  summary: 'end OSD daemons; they stay down until they are started',
  signature: [IDS],
  answer: ({ monitor, args, cluster }) => {
    const { answer, stopped } = stopOsds(monitor, argTexts(args, 'ids'));
    for (const id of stopped) cluster.daemons.stop(id, 'in-order');
    return answered(answer);
  },
});

export const osdRequireRelease = cephCommand({
  words: 'osd require-osd-release',
  summary: 'let only OSDs of some release or newer take part',
  signature: [choice('release', ['octopus', 'pacific', 'quincy', 'reef', 'squid', 'tentacle']), SURE],
  answer: ({ monitor, args }) => answered(setRequireOsdRelease(monitor, requiredText(args, 'release'))),
});

function mark({ monitor, args }: CephCall, what: 'out' | 'in' | 'down'): CephAnswer {
  return answered(markOsds(monitor, argTexts(args, 'ids'), what));
}

export const osdReweight = cephCommand({
  words: 'osd reweight',
  summary: 'let an OSD take a share of its placement groups, from 0 to 1',
  signature: [OSD, WEIGHT],
  answer: ({ monitor, args }) => {
    const weight = Number(requiredText(args, 'weight'));
    return answered(reweightOsd(monitor, Number(requiredText(args, 'id')), weight, String(weight)));
  },
});

export const osdReweightn = cephCommand({
  words: 'osd reweightn',
  summary: 'give several OSDs their weights at once: {"0":"32768","1":"65536"}',
  signature: [text('weights')],
  answer: ({ monitor, args }) => answered(reweightOsds(monitor, requiredText(args, 'weights'))),
});

export const osdPrimaryAffinity = cephCommand({
  words: 'osd primary-affinity',
  summary: 'how likely an OSD is to be primary: 1 as usual, 0 never',
  signature: [OSD, WEIGHT],
  answer: ({ monitor, args }) => {
    const weight = Number(requiredText(args, 'weight'));
    return answered(setPrimaryAffinity(monitor, Number(requiredText(args, 'id')), weight, String(weight)));
  },
});

const FLAGS = [
  'full',
  'pause',
  'noup',
  'nodown',
  'noout',
  'noin',
  'nobackfill',
  'norebalance',
  'norecover',
  'noscrub',
  'nodeep-scrub',
  'notieragent',
  'nosnaptrim',
];

export const osdSet = cephCommand({
  words: 'osd set',
  summary: 'set a flag of the cluster',
  signature: [choice('key', [...FLAGS, 'pglog_hardlimit', 'noautoscale']), SURE],
  answer: ({ monitor, args }) => answered(setFlag(monitor, requiredText(args, 'key'), true)),
});

export const osdUnset = cephCommand({
  words: 'osd unset',
  summary: 'take a flag of the cluster back',
  signature: [choice('key', [...FLAGS, 'noautoscale'])],
  answer: ({ monitor, args }) => answered(setFlag(monitor, requiredText(args, 'key'), false)),
});

export const setMinCompatClient = cephCommand({
  words: 'osd set-require-min-compat-client',
  summary: 'set the oldest release that clients may be of',
  description: 'From mimic on, `rbd clone` makes clones of format 2, which need no protected snapshot.',
  signature: [text('version'), SURE],
  answer: ({ monitor, args }) => answered(setRequireMinCompatClient(monitor, requiredText(args, 'version'))),
});

export const getMinCompatClient = cephCommand({
  words: 'osd get-require-min-compat-client',
  summary: 'the oldest release that clients may be of',
  answer: ({ map }) => ({ output: `${map.requireMinCompatClient}\n` }),
});

export const osdPause = cephCommand({
  words: 'osd pause',
  summary: 'let no client read or write',
  answer: ({ monitor }) => answered(setFlag(monitor, 'pause', true)),
});

export const osdUnpause = cephCommand({
  words: 'osd unpause',
  summary: 'let clients read and write again',
  answer: ({ monitor }) => answered(setFlag(monitor, 'pause', false)),
});

const GROUP = [text('flags'), { ...text('who'), repeat: true }];

export const osdSetGroup = cephCommand({
  words: 'osd set-group',
  summary: 'set noup, nodown, noin or noout for OSDs, CRUSH nodes or device classes',
  signature: GROUP,
  answer: ({ monitor, args }) =>
    answered(setGroupFlags(monitor, requiredText(args, 'flags'), argTexts(args, 'who'), true)),
});

export const osdUnsetGroup = cephCommand({
  words: 'osd unset-group',
  summary: 'take flags of OSDs, CRUSH nodes or device classes back',
  signature: GROUP,
  answer: ({ monitor, args }) =>
    answered(setGroupFlags(monitor, requiredText(args, 'flags'), argTexts(args, 'who'), false)),
});

function ratioCommand(which: Ratio) {
  return cephCommand({
    words: `osd set-${which}-ratio`,
    summary: `from which part of its room on an OSD counts as ${which}`,
    signature: [{ name: 'ratio', type: { kind: 'float', range: [0, 1] } }],
    answer: ({ monitor, args }) => answered(setFullRatio(monitor, which, Number(requiredText(args, 'ratio')))),
  });
}

export const setRatios = [ratioCommand('full'), ratioCommand('backfillfull'), ratioCommand('nearfull')];
