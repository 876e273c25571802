import { DEFAULT_CHOOSE_ARGS } from '../../../../engine/crush/crush-map.ts';
import { createWeightSet, removeWeightSet, reweightInWeightSet } from '../../../../engine/mon/crush/weight-sets.ts';
import { crushMapNode } from '../../crushtool/dump.ts';
import { formatted } from '../../format/formatter.ts';
import type { CephArg } from '../ceph-args.ts';
import { answered, argTexts, cephCommand, requiredText } from '../ceph-command.ts';
import { CRUSH_WEIGHT, choice, named, POOL } from '../signatures.ts';
import { names, partOf } from './dump.ts';

const WEIGHTS: CephArg = { ...CRUSH_WEIGHT, repeat: true };

export const weightSetLs = cephCommand({
  words: 'osd crush weight-set ls',
  summary: 'which weight sets there are',
  answer: (call) => {
    const keys = [...call.map.crush.chooseArgs.keys()].sort((a, b) => a - b);
    const known = keys.filter((key) => key >= DEFAULT_CHOOSE_ARGS);
    return names(
      call,
      'weight_sets',
      known.map((key) => (key === DEFAULT_CHOOSE_ARGS ? '(compat)' : (call.map.pools.get(key)?.name ?? ''))),
    );
  },
});

export const weightSetDump = cephCommand({
  words: 'osd crush weight-set dump',
  summary: 'the weights in all weight sets',
  answer: (call) => {
    const format = call.format === 'plain' ? 'json-pretty' : call.format;
    const text = formatted(partOf(crushMapNode(call.map.crush), 'choose_args'), format);
    return { output: text + (format === 'json-pretty' ? '\n' : '') };
  },
});

export const weightSetCreate = cephCommand({
  words: 'osd crush weight-set create',
  summary: 'make a weight set for one pool: flat, or with weights for each position',
  signature: [POOL, choice('mode', ['flat', 'positional'])],
  answer: ({ monitor, args }) =>
    answered(createWeightSet(monitor, requiredText(args, 'pool'), requiredText(args, 'mode'))),
});

export const weightSetCreateCompat = cephCommand({
  words: 'osd crush weight-set create-compat',
  summary: 'make the weight set for all pools without their own',
  answer: ({ monitor }) => answered(createWeightSet(monitor, undefined, 'flat')),
});

export const weightSetReweight = cephCommand({
  words: 'osd crush weight-set reweight',
  summary: 'give an item other weights in a pool’s weight set',
  signature: [POOL, named('item'), WEIGHTS],
  answer: ({ monitor, args }) => {
    const weights = argTexts(args, 'weight').map(Number);
    return answered(reweightInWeightSet(monitor, requiredText(args, 'pool'), requiredText(args, 'item'), weights));
  },
});

export const weightSetReweightCompat = cephCommand({
  words: 'osd crush weight-set reweight-compat',
  summary: 'give an item another weight in the weight set for all pools',
  signature: [named('item'), WEIGHTS],
  answer: ({ monitor, args }) => {
    const weights = argTexts(args, 'weight').map(Number);
    return answered(reweightInWeightSet(monitor, undefined, requiredText(args, 'item'), weights));
  },
});

export const weightSetRm = cephCommand({
  words: 'osd crush weight-set rm',
  summary: 'remove a pool’s weight set',
  signature: [POOL],
  answer: ({ monitor, args }) => answered(removeWeightSet(monitor, requiredText(args, 'pool'))),
});

export const weightSetRmCompat = cephCommand({
  words: 'osd crush weight-set rm-compat',
  summary: 'remove the weight set for all pools',
  answer: ({ monitor }) => answered(removeWeightSet(monitor, undefined)),
});
