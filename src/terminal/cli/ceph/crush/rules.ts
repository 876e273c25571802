import { rulesOfClass } from '../../../../engine/mon/crush/device-classes.ts';
import { createErasureRule } from '../../../../engine/mon/crush/erasure-rule.ts';
import { createCrushRule, removeCrushRule, renameCrushRule } from '../../../../engine/mon/crush/rules.ts';
import { refused } from '../../../../engine/mon/mon-answer.ts';
import { answered, argText, cephCommand, requiredText } from '../ceph-command.ts';
import { choice, named, optional } from '../signatures.ts';
import { names } from './dump.ts';

const NEW_RULE = [named('name', 'string'), named('root'), named('type', 'string')] as const;

export const crushRuleLsByClass = cephCommand({
  words: 'osd crush rule ls-by-class',
  summary: 'rules that take only devices of a class',
  signature: [named('class', 'string')],
  answer: (call) => {
    const className = requiredText(call.args, 'class');
    const rules = rulesOfClass(call.map.crush, className);
    if (rules !== undefined) return names(call, 'rules', rules);
    return answered(refused('ENOENT', `failed to get rules by class '${className}'`));
  },
});

export const crushRuleCreateSimple = cephCommand({
  words: 'osd crush rule create-simple',
  summary: 'make a rule that spreads over buckets of one type',
  signature: [...NEW_RULE, optional(choice('mode', ['firstn', 'indep']))],
  answer: ({ monitor, args }) =>
    answered(
      createCrushRule(monitor, {
        name: requiredText(args, 'name'),
        root: requiredText(args, 'root'),
        failureDomain: requiredText(args, 'type'),
        deviceClass: '',
        mode: argText(args, 'mode') ?? 'firstn',
      }),
    ),
});

export const crushRuleCreateReplicated = cephCommand({
  words: 'osd crush rule create-replicated',
  summary: 'make a rule for replicated pools, over one device class only if one is named',
  signature: [...NEW_RULE, optional(named('class', 'string'))],
  answer: ({ monitor, args }) =>
    answered(
      createCrushRule(monitor, {
        name: requiredText(args, 'name'),
        root: requiredText(args, 'root'),
        failureDomain: requiredText(args, 'type'),
        deviceClass: argText(args, 'class') ?? '',
        mode: 'firstn',
      }),
    ),
});

export const crushRuleCreateErasure = cephCommand({
  words: 'osd crush rule create-erasure',
  summary: 'make a rule for erasure pools, as a profile wants it',
  signature: [named('name', 'string'), optional(named('profile', 'string', '[A-Za-z0-9-_.=]'))],
  answer: ({ monitor, args }) =>
    answered(createErasureRule(monitor, requiredText(args, 'name'), argText(args, 'profile') ?? 'default')),
});

export const crushRuleRm = cephCommand({
  words: 'osd crush rule rm',
  summary: 'remove a rule that no pool uses',
  signature: [named('name', 'rule')],
  answer: ({ monitor, args }) => answered(removeCrushRule(monitor, requiredText(args, 'name'))),
});

export const crushRuleRename = cephCommand({
  words: 'osd crush rule rename',
  summary: 'give a rule another name',
  signature: [named('srcname', 'rule'), named('dstname', 'rule')],
  answer: ({ monitor, args }) =>
    answered(renameCrushRule(monitor, requiredText(args, 'srcname'), requiredText(args, 'dstname'))),
});
