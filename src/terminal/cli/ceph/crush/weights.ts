import { setStrawCalcVersion, setTunablesProfile, TUNABLES_PROFILES } from '../../../../engine/mon/crush/tunables.ts';
import { reweightCrush, reweightCrushItem, reweightCrushSubtree } from '../../../../engine/mon/crush/weights.ts';
import { answered, cephCommand, requiredText } from '../ceph-command.ts';
import { CRUSH_WEIGHT, choice, int, named } from '../signatures.ts';

export const crushReweight = cephCommand({
  words: 'osd crush reweight',
  summary: 'give an OSD another CRUSH weight; by custom 1 is a TiB',
  signature: [named('name', 'osd'), CRUSH_WEIGHT],
  answer: ({ monitor, args }) =>
    answered(reweightCrushItem(monitor, requiredText(args, 'name'), Number(requiredText(args, 'weight')))),
});

export const crushReweightSubtree = cephCommand({
  words: 'osd crush reweight-subtree',
  summary: 'give all OSDs below a bucket one CRUSH weight',
  signature: [named('name'), CRUSH_WEIGHT],
  answer: ({ monitor, args }) =>
    answered(reweightCrushSubtree(monitor, requiredText(args, 'name'), Number(requiredText(args, 'weight')))),
});

export const crushReweightAll = cephCommand({
  words: 'osd crush reweight-all',
  summary: 'work out the weights of all buckets again from those of the OSDs',
  answer: ({ monitor }) => answered(reweightCrush(monitor)),
});

export const crushTunables = cephCommand({
  words: 'osd crush tunables',
  summary: 'set CRUSH to what a release has; placement groups may move',
  signature: [choice('profile', TUNABLES_PROFILES)],
  answer: ({ monitor, args }) => answered(setTunablesProfile(monitor, requiredText(args, 'profile'))),
});

export const crushSetTunable = cephCommand({
  words: 'osd crush set-tunable',
  summary: 'set one tunable',
  signature: [choice('tunable', ['straw_calc_version']), int('value')],
  answer: ({ monitor, args }) => answered(setStrawCalcVersion(monitor, Number(requiredText(args, 'value')))),
});
